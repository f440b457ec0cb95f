import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaRail } from '#components/ama/ama-row.tsx'
import { AskLink } from '#components/ask/ask-link.tsx'
import { FollowButton } from '#components/follow/follow-button.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorRail } from '#components/mentor/mentor-row.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { Columns, Empty, Rail } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { listTopicAmas } from '#domain/ama/queries.ts'
import { mentorsHeading } from '#domain/member/rules.ts'
import { listTopicQuestions } from '#domain/question/queries.ts'
import { topMentors } from '#domain/related/queries.ts'
import { getTopic } from '#domain/topic/queries.ts'
import { count } from '#lib/count.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[] }> }

const load = cache(async (slug: string) => (await getTopic(slug)) ?? movedOrNotFound('Topic', slug, paths.topic))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after } = await searchParams
  const topic = await load((await params).slug)
  return pageMetadata({
    title: `${topic.name} in ${topic.community.name}`,
    description: `Questions about ${topic.name}${topic.synonyms.length ? ` (${topic.synonyms.join(', ')})` : ''}, answered by people who do it.`,
    path: afterHref(paths.topic(topic.slug), after),
    feed: { kind: 'topics', slug: topic.slug, name: topic.name },
  })
}

export default async function TopicPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after } = await searchParams
  const topic = await load((await params).slug)
  const [page, amas, top] = await Promise.all([
    listTopicQuestions(topic.id, after),
    listTopicAmas(topic.id, 5),
    topMentors(topic.community.id, []),
  ])
  const questions = page ?? notFound()
  const facts = [count(topic.questionCount, 'question'), count(topic.answerCount, 'answer')]
  const above = [{ name: topic.community.name, href: paths.community(topic.community.slug) }]
  return (
    <Columns
      rails={
        <>
          <Rail heading={`AMAs on ${topic.name}`}>
            <AmaRail amas={amas} />
            {!amas.length && <Empty>None yet. A host sets up the first one with a mentor.</Empty>}
          </Rail>
          <Rail heading={mentorsHeading(topic.community.name, top.proven)}>
            <MentorRail mentors={top.mentors} />
            {!top.mentors.length && <Empty>No mentor is here yet.</Empty>}
          </Rail>
        </>
      }
    >
      <JsonLd data={breadcrumbsJsonLd(above, { name: topic.name, href: paths.topic(topic.slug) })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">{topic.name}</h1>
      <p className="mt-2 text-soft">{facts.filter(Boolean).join(' · ')}</p>
      {topic.synonyms.length > 0 && <p className="mt-1 text-sm text-soft">Also called {topic.synonyms.join(', ')}</p>}
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
        <AskLink where={{ topic: topic.slug }} className="" />
        <FollowButton thing="topic" of={topic} followers={topic.followerCount} />
      </div>
      <div className="mt-6 border-t border-line">
        <h2 className="sr-only">Questions, those read most first</h2>
        <List
          next={questions.next && afterHref(paths.topic(topic.slug), questions.next)}
          more="More questions"
          empty={`Nobody asked about ${topic.name} yet.`}
        >
          {questions.rows.map((question) => (
            <QuestionRow key={question.id} question={question} now={now} />
          ))}
        </List>
      </div>
    </Columns>
  )
}
