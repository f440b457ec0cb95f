import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { HostsDesk } from '#components/queue/hosts-desk.tsx'
import { QueueDone } from '#components/queue/queue-done.tsx'
import { QueueKeys } from '#components/queue/queue-keys.tsx'
import { type Listed, QueueListed } from '#components/queue/queue-lists.tsx'
import { QueueAside, QueueSources } from '#components/queue/queue-parts.tsx'
import { listHosted } from '#domain/question/queries.ts'
import {
  COUNTED_AT_MOST,
  countQueue,
  findSetAside,
  listCover,
  listHostedAmas,
  listOffer,
  listQueue,
  listSetAside,
} from '#domain/queue/queries.ts'
import { hasQueue, whereIn } from '#domain/queue/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import type { Viewer } from '#lib/viewer.ts'
import { personalMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'My queue', description: 'Questions that wait for you.', path: paths.queue() })
}

export default async function QueuePage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.queue()))
  if (!hasQueue(viewer)) notFound()
  const now = new Date()
  const given = await searchParams
  const where = whereIn(given)
  const [counts, list, done, amas, communities] = await Promise.all([
    countQueue(viewer, now),
    load(viewer, where, given.after, now),
    where.of ? findSetAside(viewer, where.of) : null,
    listHostedAmas(viewer, now),
    listHosted(viewer),
  ])
  if (!list) notFound()
  return (
    <div className="max-w-[43.5rem]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="text-3xl font-semibold tracking-tight">My queue</h1>
        {viewer.mentor && <QueueKeys />}
      </div>
      {viewer.mentor && (
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.insights()}>
            Your numbers
          </a>
        </p>
      )}
      {where.done && <QueueDone done={where.done} setAside={done} where={where} />}
      <QueueSources counts={counts} where={where} most={COUNTED_AT_MOST} />
      <QueueListed list={list} counts={counts} where={where} canAct={viewer.mentor} now={now} />
      <QueueAside counts={counts} where={where} most={COUNTED_AT_MOST} />
      <HostsDesk amas={amas} communities={communities} now={now} />
    </div>
  )
}

/** What the address asks for: something set aside, what fits into some minutes, a plain order, or what helps most people. */
async function load(
  viewer: NonNullable<Viewer>,
  { aside, minutes, from, order }: ReturnType<typeof whereIn>,
  after: string | string[] | undefined,
  now: Date,
): Promise<Listed | null> {
  if (aside) {
    const page = await listSetAside(viewer, aside, now, after)
    return page && { kind: 'aside', act: aside, ...page }
  }
  if (minutes) return { kind: 'offer', minutes, offer: await listOffer(viewer, minutes, now) }
  if (!order) return { kind: 'cover', rows: await listCover(viewer, now, from) }
  const page = await listQueue(viewer, order, now, from, after)
  return page && { kind: 'plain', ...page }
}
