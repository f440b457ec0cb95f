import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaDate } from '#components/ama/ama-when.tsx'
import { ReportLink } from '#components/report/report-link.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { Age } from '#components/ui/time.tsx'
import { JoinButton, People } from '#components/wanted/join-button.tsx'
import { getWanted, type WantedView } from '#domain/wanted/queries.ts'
import { wantedTitle } from '#domain/wanted/rules.ts'
import { paths } from '#lib/paths.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

const load = cache(async (slug: string) => (await getWanted(slug)) ?? notFound())

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const wanted = await load((await params).slug)
  return pageMetadata({
    title: wantedTitle(wanted),
    description: wanted.why ?? `Wanted in ${wanted.community.name}. Join, and bring a question along.`,
    path: paths.wantedThing(wanted.slug),
  })
}

export default async function WantedThingPage({ params }: Props) {
  const wanted = await load((await params).slug)
  const { community, about } = wanted
  const above = [{ name: `Wanted in ${community.name}`, href: paths.wantedList(community.slug) }]
  return (
    <div className="max-w-[43.5rem]">
      <Crumbs crumbs={above} />
      <h1 className="break-words text-2xl font-semibold leading-snug tracking-tight sm:text-[1.75rem]">{wanted.title}</h1>
      <p className="mt-2 text-soft">
        {wanted.kind === 'mentor' ? 'A mentor' : 'A topic'} <span aria-hidden="true">• </span>
        <Age at={wanted.askedAt} now={new Date()} />
      </p>
      {about && (
        <p className="mt-3">
          <a className="text-link inline-flex min-h-11 items-center" href={paths.member(about.handle)}>
            Profile of {about.name}
          </a>
        </p>
      )}
      {wanted.why && <p className="prose mt-6 whitespace-pre-wrap break-words font-serif">{wanted.why}</p>}
      {wanted.closedAt ? (
        <Outcome wanted={wanted} />
      ) : (
        <div className="mt-8 grid gap-3">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="font-medium">
              <People wanted={wanted} />
            </span>
          </p>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <JoinButton wanted={wanted} />
            <a className="text-link inline-flex min-h-11 items-center" href={paths.ownWanted(wanted.slug)} rel="nofollow">
              {wanted.offeredAt ? 'Say which times suit you' : 'Bring a question along'}
            </a>
          </div>
          {wanted.offeredAt && <p className="max-w-prose">Somebody said yes, and offers times.</p>}
          <p className="max-w-prose text-sm text-soft">Who asked for it and who joined is told to nobody.</p>
        </div>
      )}
      <a
        className="text-link mt-4 inline-block"
        hidden
        data-may={`host:${community.id}`}
        data-no-print=""
        href={paths.hostedWanted(wanted.slug)}
      >
        For hosts: the invitation
      </a>
      <p className="mt-8">
        <ReportLink thing="wanted" id={wanted.id} of={wanted.title} />
      </p>
    </div>
  )
}

/** What became of it. */
function Outcome({ wanted: { ama } }: { wanted: WantedView }) {
  if (!ama) return <p className="mt-8">It did not come about.</p>
  return (
    <p className="mt-8">
      It came about:{' '}
      <a className="text-link" href={paths.ama(ama.slug)}>
        an AMA on {ama.topic}
      </a>
      , <AmaDate ama={ama} />.{ama.cancelled && ' It was cancelled.'}
    </p>
  )
}
