import type { Metadata } from 'next'
import { CommunityForm, TopicsForm } from '#components/admin/community-forms.tsx'
import { Invitations } from '#components/admin/invitations.tsx'
import { Saved } from '#components/admin/saved.tsx'
import { TopicNames } from '#components/admin/topic-names.tsx'
import { Section } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getCommunity } from '#domain/community/queries.ts'
import { listOpenInvitations } from '#domain/invitation/queries.ts'
import { listTopics } from '#domain/topic/queries.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'
import { adminOrNotFound } from '../../admin-only.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'A community, its topics and its invitations.'
  return personalMetadata({ title: 'Community · Administration', description, path: paths.adminCommunities() })
}

export default async function AdminCommunityPage({ params, searchParams }: Props) {
  await adminOrNotFound()
  const [{ slug }, { done }] = await Promise.all([params, searchParams])
  const community = (await getCommunity(slug)) ?? (await movedOrNotFound('Community', slug, paths.adminCommunity))
  const [topics, open] = await Promise.all([listTopics(community.id), listOpenInvitations(community.id, new Date())])
  const here = paths.adminCommunity(community.slug)
  return (
    <>
      <Crumbs
        crumbs={[
          { name: 'Administration', href: paths.admin() },
          { name: 'Communities', href: paths.adminCommunities() },
        ]}
      />
      <NarrowPage heading={community.name}>
        {done === 'saved' && <Saved />}
        <CommunityForm key={community.slug} {...community} />
        <Section heading="Topics">
          <div className="grid gap-6 pt-5">
            <TopicNames topics={topics} />
            <TopicsForm key={topics.length} community={community} here={here} />
          </div>
        </Section>
        <Section heading="Mentors">
          <div className="pt-5">
            <Invitations community={community} open={open} siteUrl={env().SITE_URL} here={here} />
          </div>
        </Section>
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.community(community.slug)}>
            See it as readers do
          </a>
        </p>
      </NarrowPage>
    </>
  )
}
