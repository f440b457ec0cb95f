import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NewCommunityForm } from '#components/admin/community-forms.tsx'
import { CommunityFacts } from '#components/community/community-rail.tsx'
import { Section } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listCommunities } from '#domain/community/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'
import { adminOrNotFound } from '../admin-only.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'All communities, to edit and to add to.'
  return personalMetadata({ title: 'Communities · Administration', description, path: paths.adminCommunities() })
}

export default async function AdminCommunitiesPage({ searchParams }: Props) {
  await adminOrNotFound()
  const communities = (await listCommunities((await searchParams).after)) ?? notFound()
  return (
    <>
      <Crumbs crumbs={[{ name: 'Administration', href: paths.admin() }]} />
      <NarrowPage heading="Communities">
        <List
          empty="No community yet. Add the first one below."
          next={communities.next && afterHref(paths.adminCommunities(), communities.next)}
          more="More communities"
        >
          {communities.rows.map((community) => (
            <li key={community.id} className="py-4">
              <a className="quiet-link font-semibold" href={paths.adminCommunity(community.slug)}>
                {community.name}
              </a>
              <CommunityFacts community={community} />
            </li>
          ))}
        </List>
        <Section heading="Another one">
          <div id="new-community" className="pt-5">
            <NewCommunityForm here={paths.adminCommunities()} />
          </div>
        </Section>
      </NarrowPage>
    </>
  )
}
