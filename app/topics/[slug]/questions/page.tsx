import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '#components/json-ld.tsx'
import { QuestionLists } from '#components/question/question-lists.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { listTopicQuestions } from '#domain/question/queries.ts'
import { listTitle, orderInAddress, questionOrder } from '#domain/question/rules.ts'
import { getTopic } from '#domain/topic/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../../json-ld/site.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[]; order?: string | string[] }> }

const load = cache(async (slug: string) => (await getTopic(slug)) ?? movedOrNotFound('Topic', slug, paths.topicQuestions))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after, ...given } = await searchParams
  const topic = await load((await params).slug)
  const order = questionOrder(given.order)
  return pageMetadata({
    title: listTitle(`${topic.name} in ${topic.community.name}`, order),
    description: `What people asked about ${topic.name} in ${topic.community.name}, with the answers of people who do it.`,
    path: afterHref(paths.topicQuestions(topic.slug), after, orderInAddress(order)),
    feed: { kind: 'topics', slug: topic.slug, name: topic.name },
  })
}

export default async function TopicQuestionsPage({ params, searchParams }: Props) {
  const { after, ...given } = await searchParams
  const topic = await load((await params).slug)
  const order = questionOrder(given.order)
  const questions = (await listTopicQuestions(topic.id, order, after)) ?? notFound()
  const path = paths.topicQuestions(topic.slug)
  const above = [
    { name: topic.community.name, href: paths.community(topic.community.slug) },
    { name: topic.name, href: paths.topic(topic.slug) },
  ]
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd(above, { name: 'Questions', href: path })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight">Questions about {topic.name}</h1>
      <QuestionLists questions={questions} order={order} path={path} now={new Date()} />
    </div>
  )
}
