import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorLists } from '#components/mentor/mentor-lists.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { getCommunity } from '#domain/community/queries.ts'
import { listCommunityMentors } from '#domain/member/queries.ts'
import { MENTOR_ORDERS, mentorOrder, mentorOrderInAddress } from '#domain/member/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../../json-ld/site.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[]; order?: string | string[] }> }

const load = cache(async (slug: string) => (await getCommunity(slug)) ?? movedOrNotFound('Community', slug, paths.communityMentors))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after, ...given } = await searchParams
  const community = await load((await params).slug)
  const order = mentorOrder(given.order)
  const named = order === 'name' ? '' : `, by people helped: ${MENTOR_ORDERS[order].name.toLowerCase()}`
  return pageMetadata({
    title: `${community.name} mentors${named}`,
    description: `The people who answer questions about ${community.name}, and what they do.`,
    path: afterHref(paths.communityMentors(community.slug), after, mentorOrderInAddress(order)),
  })
}

export default async function CommunityMentorsPage({ params, searchParams }: Props) {
  const { after, ...given } = await searchParams
  const community = await load((await params).slug)
  const order = mentorOrder(given.order)
  const mentors = (await listCommunityMentors(community.id, order, new Date(), after)) ?? notFound()
  const path = paths.communityMentors(community.slug)
  const above = [{ name: community.name, href: paths.community(community.slug) }]
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd(above, { name: 'Mentors', href: path })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight">{community.name} mentors</h1>
      <p className="mt-3 text-soft">
        They do the job, and answer questions about it.{' '}
        <a className="text-link" href={paths.roles({ community: community.slug })}>
          Become one of them
        </a>
      </p>
      <MentorLists mentors={mentors} order={order} path={path} />
    </div>
  )
}
