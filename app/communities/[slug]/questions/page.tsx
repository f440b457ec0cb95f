import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '#components/json-ld.tsx'
import { QuestionLists } from '#components/question/question-lists.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { getCommunity } from '#domain/community/queries.ts'
import { listCommunityQuestions } from '#domain/question/queries.ts'
import { listTitle, orderInAddress, questionOrder } from '#domain/question/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../../json-ld/site.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[]; order?: string | string[] }> }

const load = cache(async (slug: string) => (await getCommunity(slug)) ?? movedOrNotFound('Community', slug, paths.communityQuestions))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after, ...given } = await searchParams
  const community = await load((await params).slug)
  const order = questionOrder(given.order)
  return pageMetadata({
    title: listTitle(community.name, order),
    description: `What people asked about ${community.name}, with the answers of people who do it.`,
    path: afterHref(paths.communityQuestions(community.slug), after, orderInAddress(order)),
    feed: { kind: 'communities', slug: community.slug, name: community.name },
  })
}

export default async function CommunityQuestionsPage({ params, searchParams }: Props) {
  const { after, ...given } = await searchParams
  const community = await load((await params).slug)
  const order = questionOrder(given.order)
  const questions = (await listCommunityQuestions(community.id, order, after)) ?? notFound()
  const path = paths.communityQuestions(community.slug)
  const above = [{ name: community.name, href: paths.community(community.slug) }]
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd(above, { name: 'Questions', href: path })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight">{community.name} questions</h1>
      <QuestionLists questions={questions} order={order} path={path} now={new Date()} />
    </div>
  )
}
