import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { AskForm } from '#components/ask/ask-form.tsx'
import { WhatToExpect } from '#components/ask/what-to-expect.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { type AskingPlace, findPlace, findWaiting, getDraft, getPlace, medianToAnswer } from '#domain/draft/queries.ts'
import { PlaceKey, whyClosed } from '#domain/draft/rules.ts'
import { type AskWhere, afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { ChooseCommunity } from '../choose-community.tsx'
import { movedOrNotFound } from '../moved.ts'
import { personalMetadata } from '../page-metadata.ts'

type Query = Partial<Record<keyof AskWhere | 'after', string | string[]>>
type Props = { searchParams: Promise<Query> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { after, ...query } = await searchParams
  const { draft: _, ...where } = whereIn(query)
  const path = after ? afterHref(paths.ask(), after) : paths.ask(where)
  return personalMetadata({ title: 'Ask a question', description: 'Ask people who have done the job.', path })
}

export default async function AskPage({ searchParams }: Props) {
  const query = await searchParams
  const where = whereIn(query)
  const [viewer, waiting] = await Promise.all([currentViewer(), where.draft ? findWaiting(where.draft) : null])
  if (where.draft && !waiting) redirect(viewer ? paths.myQuestions() : paths.ask())
  const named = waiting ? PlaceKey.parse(waiting.place) : await findPlace(where)
  if (!named && Object.keys(where).length) return moved(where)
  if (!named) return <ChooseCommunity heading="Ask a question" lead="Where does it belong?" path={paths.ask} after={query.after} />
  const place = (await getPlace(named)) ?? notFound()
  const [draft, medianSeconds] = await Promise.all([
    waiting ?? (viewer && getDraft(viewer, named)),
    place.ama || place.mentor ? null : medianToAnswer(place.community.id),
  ])
  const now = new Date()
  const closed = whyClosed(place, viewer?.memberId ?? null, now)
  // What was written for an AMA that is over meanwhile, or a mentor who takes no more, goes to the community.
  const open = closed ? draft && (await instead(place)) : place
  return (
    <NarrowPage heading={place.mentor ? `Ask ${place.mentor.name}` : 'Ask a question'}>
      {closed ? (
        <Closed why={closed} community={place.community} />
      ) : (
        <WhatToExpect place={place} medianSeconds={medianSeconds} now={now} />
      )}
      {open && <AskForm place={open} where={where} draft={draft} signedIn={viewer !== null} />}
    </NarrowPage>
  )
}

function instead({ ama, mentor, community }: AskingPlace): Promise<AskingPlace | null> | null {
  return ama || mentor ? getPlace({ kind: 'community', id: community.id }) : null
}

function Closed({ why, community }: { why: string; community: { slug: string; name: string } }) {
  return (
    <div className="form-message grid gap-2">
      <p role="alert">{why}</p>
      <p>
        <a className="text-link inline-flex min-h-11 items-center" href={paths.ask({ community: community.slug })}>
          Ask {community.name}
        </a>
      </p>
    </div>
  )
}

/** The first of each that the address gives. */
function whereIn(query: Query): AskWhere {
  const names = ['ama', 'community', 'topic', 'mentor', 'draft'] as const
  return Object.fromEntries(names.flatMap((name) => (typeof query[name] === 'string' && query[name] ? [[name, query[name]]] : [])))
}

/** Old addresses of places lead to their new ones. */
function moved({ ama, community, topic, mentor }: AskWhere): Promise<never> {
  if (ama) return movedOrNotFound('Ama', ama, (slug) => paths.ask({ ama: slug }))
  if (mentor) return movedOrNotFound('Member', mentor, (handle) => paths.ask({ mentor: handle, community }))
  if (topic) return movedOrNotFound('Topic', topic, (slug) => paths.ask({ topic: slug }))
  return movedOrNotFound('Community', community ?? '', (slug) => paths.ask({ community: slug }))
}
