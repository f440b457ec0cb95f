import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaHead } from '#components/ama/ama-head.tsx'
import { AmaRail } from '#components/ama/ama-row.tsx'
import { AmaSearch } from '#components/ama/ama-search.tsx'
import { LiveMark } from '#components/ama/live.tsx'
import { LocalWords } from '#components/ama/local-words.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { TopMentors } from '#components/mentor/top-mentors.tsx'
import { AmaQuestion } from '#components/question/ama-question.tsx'
import { Columns, Empty, Rail } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { getAma } from '#domain/ama/queries.ts'
import { amaDescription, amaPhase, amaTitle } from '#domain/ama/rules.ts'
import { newestEvent } from '#domain/ama-event/queries.ts'
import { listBeingAnswered } from '#domain/answer-lease/queries.ts'
import { countBecame, whatBecame } from '#domain/closing/queries.ts'
import { listLocalWords } from '#domain/local-word/queries.ts'
import { waysToSay } from '#domain/local-word/rules.ts'
import { findAmaQuestions, listAmaQuestions, searchAma } from '#domain/question/queries.ts'
import { Numbers } from '#domain/question/rules.ts'
import { relatedAmas, topMentors } from '#domain/related/queries.ts'
import { searchText } from '#domain/search/rules.ts'
import { getSite } from '#domain/site/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { amaDate } from '#lib/zone.ts'
import { amaJsonLd } from '../../json-ld/ama.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Search> }
/** `numbers` and `upto` are asked for by components/live: these questions alone, and a page no older than this event. */
type Search = { after?: string | string[]; numbers?: string; q?: string | string[] }

/** Fewer questions are seen at a glance. */
const SEARCHED_FROM = 5

const load = cache(async (slug: string) => (await getAma(slug)) ?? movedOrNotFound('Ama', slug, paths.ama))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after, q } = await searchParams
  const ama = await load((await params).slug)
  const title = amaTitle(ama.mentors, ama.topic.name)
  const metadata = await pageMetadata({
    title,
    description: amaDescription(ama, amaDate(ama.startsAt, ama.timeZone)),
    path: searchText(q) ? paths.ama(ama.slug) : afterHref(paths.ama(ama.slug), after),
    picture: { kind: 'amas', slug: ama.slug, alt: title, portraits: ama.mentors.map(({ portraitId }) => portraitId) },
    feed: { kind: 'amas', slug: ama.slug, name: title },
  })
  // What somebody searched for is no page of its own.
  return searchText(q) ? { ...metadata, robots: { index: false, follow: true } } : metadata
}

export default async function AmaPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after, numbers, q } = await searchParams
  const query = searchText(q)
  const ama = await load((await params).slug)
  const phase = amaPhase(ama, now)
  // Before the questions: what happens meanwhile is told again, and nothing is missed.
  const event = await newestEvent(ama.id)
  const only = Numbers.parse(numbers ?? null)
  const [words, answering] = await Promise.all([listLocalWords(ama.id), phase === 'live' ? listBeingAnswered(ama.id, now) : []])
  const onTop = after || only || query ? [] : answering.map(({ number }) => number)
  const read = () => {
    if (only) return findAmaQuestions(ama.id, only).then((rows) => ({ rows, next: null }))
    if (query) return searchAma(ama.id, waysToSay(query, words), after)
    return listAmaQuestions(ama.id, phase, after, { now, onTop })
  }
  const [site, current, page, related, top] = await Promise.all([
    getSite(),
    onTop.length ? findAmaQuestions(ama.id, onTop) : [],
    read(),
    relatedAmas({ communityId: ama.community.id, topicId: ama.topicId, amaId: ama.id }),
    topMentors(
      ama.community.id,
      ama.mentors.map(({ id }) => id),
    ),
  ])
  const { rows, next } = page ?? notFound()
  // Those that are being answered stand on top, the one begun last first.
  const questions = [...current.toSorted((a, b) => onTop.indexOf(a.number) - onTop.indexOf(b.number)), ...rows]
  const by = new Map(answering.map((one) => [one.id, one.by]))
  const [sums, became] = ama.closedAt
    ? await Promise.all([
        countBecame(ama.id, now),
        whatBecame(
          questions.map(({ id }) => id),
          now,
        ),
      ])
    : []
  const above = [{ name: ama.community.name, href: paths.community(ama.community.slug) }]
  return (
    <Columns
      rails={
        <>
          <Rail heading="Related Ask Me Anything Sessions">
            <AmaRail amas={related} />
            {!related.length && <Empty>No AMA of another mentor in {ama.community.name} yet.</Empty>}
          </Rail>
          <TopMentors community={ama.community} top={top} none="No other mentor is here yet." />
        </>
      }
    >
      <JsonLd data={breadcrumbsJsonLd(above, { name: amaTitle(ama.mentors, ama.topic.name), href: paths.ama(ama.slug) })} />
      <JsonLd data={amaJsonLd(ama, questions, now, site.name)} />
      <AmaHead ama={ama} now={now} sums={sums} />
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2" data-no-print="">
        <a className="text-link" hidden data-may={`host-ama:${ama.id}`} href={paths.hostedAma(ama.slug)}>
          For hosts: run this AMA
        </a>
        <a className="text-link" hidden data-may={`hold-ama:${ama.id}`} href={paths.localWords(ama.slug)}>
          For its mentors: say what your words mean
        </a>
      </p>
      {!after && !only && !query && <LiveMark ama={ama} event={event} now={now} />}
      <LocalWords ama={ama} words={words} />
      {(query || ama.questionCount > SEARCHED_FROM) && <AmaSearch slug={ama.slug} query={query} found={rows.length} more={next !== null} />}
      <div id="answers" className="scroll-mt-0" data-live-list="">
        <List
          ordered
          next={next && (query ? paths.searchAma(ama.slug, query, next) : afterHref(paths.ama(ama.slug), next))}
          more="More questions"
          empty={
            query
              ? 'Nothing here has these words. Try fewer of them, or others.'
              : 'Nobody has asked yet. The first question opens this AMA.'
          }
        >
          {questions.map((question) => (
            <AmaQuestion
              key={question.id}
              question={question}
              phase={phase}
              answering={by.get(question.id)}
              words={words}
              now={now}
              became={became?.get(question.id)}
              community={ama.community.name}
            />
          ))}
        </List>
      </div>
    </Columns>
  )
}
