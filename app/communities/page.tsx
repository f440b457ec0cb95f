import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CommunityFacts } from '#components/community/community-rail.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { List } from '#components/ui/list.tsx'
import { listCommunities } from '#domain/community/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../json-ld/site.ts'
import { pageMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { after } = await searchParams
  return pageMetadata({
    title: 'Communities',
    description: 'The professions whose mentors answer questions here.',
    path: afterHref(paths.communities(), after),
  })
}

export default async function CommunitiesPage({ searchParams }: Props) {
  const { after } = await searchParams
  const communities = (await listCommunities(after)) ?? notFound()
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd([], { name: 'Communities', href: paths.communities() })} />
      <h1 className="text-3xl font-semibold tracking-tight">Communities</h1>
      <p className="mt-3 text-soft">Each is a profession: its mentors, their AMAs, and what people asked them.</p>
      <div className="mt-6">
        <List
          next={communities.next && afterHref(paths.communities(), communities.next)}
          more="More communities"
          empty="There is no community yet. The people who run this site begin the first one."
        >
          {communities.rows.map((community) => (
            <li key={community.id} className="py-5">
              <h2 className="text-xl font-semibold">
                <a className="quiet-link" href={paths.community(community.slug)}>
                  {community.name}
                </a>
              </h2>
              <CommunityFacts community={community} />
            </li>
          ))}
        </List>
      </div>
    </div>
  )
}
