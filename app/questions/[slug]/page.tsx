import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaRail } from '#components/ama/ama-row.tsx'
import { WholeAnswer } from '#components/answer/whole-answer.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { TopMentors } from '#components/mentor/top-mentors.tsx'
import { QuestionHead } from '#components/question/question-head.tsx'
import { RelatedQuestions } from '#components/question/related-questions.tsx'
import { Columns, Empty, Rail } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { listAnswers } from '#domain/answer/queries.ts'
import { listLocalWords } from '#domain/local-word/queries.ts'
import { getQuestion } from '#domain/question/queries.ts'
import { questionDescription } from '#domain/question/rules.ts'
import { relatedAmas, relatedQuestions, topMentors } from '#domain/related/queries.ts'
import { count } from '#lib/count.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { questionJsonLd } from '../../json-ld/question.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[] }> }

const load = cache(async (slug: string) => (await getQuestion(slug)) ?? movedOrNotFound('Question', slug, paths.question))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after } = await searchParams
  const question = await load((await params).slug)
  return pageMetadata({
    title: question.title,
    description: questionDescription(question),
    path: afterHref(paths.question(question.slug), after),
    picture: { kind: 'questions', slug: question.slug, alt: question.title, portraits: [question.leadPortraitId] },
    feed: question.topic
      ? { kind: 'topics', slug: question.topic.slug, name: question.topic.name }
      : { kind: 'communities', slug: question.community.slug, name: question.community.name },
  })
}

export default async function QuestionPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after } = await searchParams
  const question = await load((await params).slug)
  const answersLoading = listAnswers(question.id, after)
  const [page, amas, top, related, words] = await Promise.all([
    answersLoading,
    relatedAmas({ ...question, questionId: question.id }),
    answersLoading.then((answers) => topMentors(question.communityId, answers?.rows.map(({ mentorId }) => mentorId) ?? [])),
    relatedQuestions(question),
    question.amaId ? listLocalWords(question.amaId) : [],
  ])
  const answers = page ?? notFound()
  const above = [
    { name: question.community.name, href: paths.community(question.community.slug) },
    ...(question.topic ? [{ name: question.topic.name, href: paths.topic(question.topic.slug) }] : []),
  ]
  return (
    <Columns
      rails={
        <>
          <Rail heading="Related Ask Me Anything Sessions">
            <AmaRail amas={amas} />
            {!amas.length && <Empty>No AMA of another mentor in {question.community.name} yet.</Empty>}
          </Rail>
          <TopMentors community={question.community} top={top} none="No other mentor is here yet." />
          <Rail heading="Related Questions">
            <RelatedQuestions questions={related} />
            {!related.length && <Empty>No other question in {question.community.name} yet.</Empty>}
          </Rail>
        </>
      }
    >
      <JsonLd data={breadcrumbsJsonLd(above, { name: question.title, href: paths.question(question.slug) })} />
      <JsonLd data={questionJsonLd(question, answers.rows)} />
      <Crumbs crumbs={above} />
      <QuestionHead question={question} now={now} />
      <section className="mt-10">
        <h2 className="border-b border-line pb-3 text-lg font-semibold">
          {count(question.answerCount, 'Answer') ?? (question.closedAt ? 'Not answered here' : 'Not answered yet')}
        </h2>
        <List
          next={answers.next && afterHref(paths.question(question.slug), answers.next)}
          more="More answers"
          empty={
            question.closedAt
              ? `It was asked in an AMA that is closed. A mentor of ${question.community.name} who knows something about it can still answer.`
              : `It waits for ${question.askedTo?.name ?? `a mentor of ${question.community.name}`}. The answer will stand here.`
          }
        >
          {answers.rows.map((answer) => (
            <li key={answer.id}>
              <WholeAnswer answer={answer} question={question.slug} words={words} now={now} />
            </li>
          ))}
        </List>
      </section>
    </Columns>
  )
}
