import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '#components/json-ld.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { getCommunity } from '#domain/community/queries.ts'
import { listCommunityQuestions } from '#domain/question/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../../json-ld/site.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[]; order?: string | string[] }> }

const load = cache(async (slug: string) => (await getCommunity(slug)) ?? movedOrNotFound('Community', slug, paths.communityQuestions))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after, order } = await searchParams
  const community = await load((await params).slug)
  return pageMetadata({
    title: `${community.name} questions`,
    description: `What people asked about ${community.name}, with the answers of people who do it.`,
    path: afterHref(paths.communityQuestions(community.slug), after, order === 'newest' ? order : undefined),
    feed: { kind: 'communities', slug: community.slug, name: community.name },
  })
}

export default async function CommunityQuestionsPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after, order } = await searchParams
  const community = await load((await params).slug)
  const newest = order === 'newest'
  const questions = (await listCommunityQuestions(community.id, newest ? 'newest' : 'read', after)) ?? notFound()
  const path = paths.communityQuestions(community.slug)
  const above = [{ name: community.name, href: paths.community(community.slug) }]
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd(above, { name: 'Questions', href: paths.communityQuestions(community.slug) })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight">{community.name} questions</h1>
      <nav aria-label="Order" className="mt-4 flex gap-6 border-b border-line">
        <OrderLink href={path} current={!newest} name="Read most" />
        <OrderLink href={afterHref(path, undefined, 'newest')} current={newest} name="Newest" />
      </nav>
      <h2 className="sr-only">{newest ? 'The newest first' : 'Those read most first'}</h2>
      <List
        next={questions.next && afterHref(path, questions.next, newest ? 'newest' : undefined)}
        more="More questions"
        empty="Nobody asked here yet. The first question stands here, and its answer for years."
      >
        {questions.rows.map((question) => (
          <QuestionRow key={question.id} question={question} now={now} />
        ))}
      </List>
    </div>
  )
}

function OrderLink({ href, current, name }: { href: string; current: boolean; name: string }) {
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-11 items-center border-b-2 border-transparent text-soft aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
    >
      {name}
    </a>
  )
}
