import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { getCommunity } from '#domain/community/queries.ts'
import { listCommunityMentors } from '#domain/member/queries.ts'
import { count } from '#lib/count.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../../json-ld/site.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[] }> }

const load = cache(async (slug: string) => (await getCommunity(slug)) ?? movedOrNotFound('Community', slug, paths.communityMentors))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after } = await searchParams
  const community = await load((await params).slug)
  return pageMetadata({
    title: `${community.name} mentors`,
    description: `The people who answer questions about ${community.name}, and what they do.`,
    path: afterHref(paths.communityMentors(community.slug), after),
  })
}

export default async function CommunityMentorsPage({ params, searchParams }: Props) {
  const { after } = await searchParams
  const community = await load((await params).slug)
  const mentors = (await listCommunityMentors(community.id, after)) ?? notFound()
  const path = paths.communityMentors(community.slug)
  const above = [{ name: community.name, href: paths.community(community.slug) }]
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd(above, { name: 'Mentors', href: paths.communityMentors(community.slug) })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight">{community.name} mentors</h1>
      <p className="mb-4 mt-3 text-soft">
        Those who answered most come first.{' '}
        <a className="text-link" href={paths.roles({ community: community.slug })}>
          Become one of them
        </a>
      </p>
      <List
        next={mentors.next && afterHref(path, mentors.next)}
        more="More mentors"
        empty="No mentor is here yet. A host invites the first one."
      >
        {mentors.rows.map((mentor) => (
          <li key={mentor.id} className="py-4">
            <MentorRow mentor={mentor}>
              <p className="text-sm text-soft">{count(mentor.answerCount, 'answer')}</p>
            </MentorRow>
          </li>
        ))}
      </List>
    </div>
  )
}
