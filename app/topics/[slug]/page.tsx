import type { Metadata } from 'next'
import { cache } from 'react'
import { AmaRail } from '#components/ama/ama-row.tsx'
import { AnswerRow } from '#components/answer/answer-row.tsx'
import { AskLink } from '#components/ask/ask-link.tsx'
import { FollowButton } from '#components/follow/follow-button.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorRail } from '#components/mentor/mentor-row.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { TopicHead } from '#components/topic/topic-head.tsx'
import { Columns, Empty, MoreLink, Rail, Section } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { listTopicAmas } from '#domain/ama/queries.ts'
import { readBestOfTopic } from '#domain/answer/queries.ts'
import { BY_NAME_ALONE } from '#domain/member/rules.ts'
import { listTopicUnanswered } from '#domain/question/queries.ts'
import { getTopic } from '#domain/topic/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

/** What each part of the page shows at most. */
const SHOWN = 5
const MENTORS = 8

const load = cache(async (slug: string) => (await getTopic(slug)) ?? movedOrNotFound('Topic', slug, paths.topic))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const topic = await load((await params).slug)
  return pageMetadata({
    title: `${topic.name} in ${topic.community.name}`,
    description: `Questions about ${topic.name}${topic.synonyms.length ? ` (${topic.synonyms.join(', ')})` : ''}, answered by people who do it.`,
    path: paths.topic(topic.slug),
    feed: { kind: 'topics', slug: topic.slug, name: topic.name },
  })
}

export default async function TopicPage({ params }: Props) {
  const now = new Date()
  const topic = await load((await params).slug)
  const [{ answers, mentors }, open, left, amas] = await Promise.all([
    readBestOfTopic(topic.id, SHOWN, MENTORS),
    listTopicUnanswered(topic.id, 'open', SHOWN),
    listTopicUnanswered(topic.id, 'left', SHOWN),
    listTopicAmas(topic.id, SHOWN),
  ])
  const questions = paths.topicQuestions(topic.slug)
  const unanswered = afterHref(questions, undefined, 'unanswered')
  const above = [{ name: topic.community.name, href: paths.community(topic.community.slug) }]
  return (
    <Columns
      rails={
        <>
          <Rail heading={`AMAs on ${topic.name}`}>
            <AmaRail amas={amas} />
            {amas.length ? (
              <MoreLink href={paths.communityAmas(topic.community.slug)}>All AMAs in {topic.community.name}</MoreLink>
            ) : (
              <Empty>None yet. A host sets up the first one with a mentor.</Empty>
            )}
          </Rail>
          <Rail heading={`Mentors who answer on ${topic.name}`}>
            <MentorRail mentors={mentors} />
            {!mentors.length && <Empty>{answers.length ? BY_NAME_ALONE : 'No mentor has answered on it yet.'}</Empty>}
            <MoreLink href={paths.communityMentors(topic.community.slug)}>All mentors in {topic.community.name}</MoreLink>
          </Rail>
        </>
      }
    >
      <JsonLd data={breadcrumbsJsonLd(above, { name: topic.name, href: paths.topic(topic.slug) })} />
      <Crumbs crumbs={above} />
      <TopicHead topic={topic} />
      <div className="mb-10 mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
        <AskLink where={{ topic: topic.slug }} className="" />
        <FollowButton thing="topic" of={topic} followers={topic.followerCount} />
      </div>
      <Section
        heading="Best answers"
        says="Found helpful by most people, then with most views; one of each question."
        aside={<MoreLink href={questions}>All questions</MoreLink>}
      >
        <List empty={`Nobody has answered a question about ${topic.name} yet. The first answer stands here.`}>
          {answers.map((answer) => (
            <AnswerRow key={answer.id} answer={answer} now={now} named />
          ))}
        </List>
      </Section>
      <Section
        heading="Open questions"
        says="Without an answer: most requests first, of equals the oldest."
        aside={<MoreLink href={unanswered}>All without an answer</MoreLink>}
      >
        <List empty={noneOpen(topic, left.length)}>
          {open.map((question) => (
            <QuestionRow key={question.id} question={question} now={now} />
          ))}
        </List>
      </Section>
      <Section heading="Asked but not answered" says="Left without an answer when their AMA was closed. A mentor may still answer them.">
        <List empty="None: no AMA on it was closed with a question left over.">
          {left.map((question) => (
            <QuestionRow key={question.id} question={question} now={now} />
          ))}
        </List>
      </Section>
    </Columns>
  )
}

function noneOpen({ name, questionCount }: { name: string; questionCount: number }, left: number): string {
  if (questionCount === 0) return `Nobody asked about ${name} yet.`
  return left ? 'None that can still be answered.' : 'None: what was asked here is answered.'
}
