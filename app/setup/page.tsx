import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NewCommunityForm, TopicsForm } from '#components/admin/community-forms.tsx'
import { Invitations } from '#components/admin/invitations.tsx'
import { FinishSetUpForm, SetUpForm, TestMailForm } from '#components/admin/site-forms.tsx'
import { Steps } from '#components/admin/steps.tsx'
import { TopicNames } from '#components/admin/topic-names.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listUnguardedAdmins } from '#domain/account/queries.ts'
import { listCommunities } from '#domain/community/queries.ts'
import { listOpenInvitations } from '#domain/invitation/queries.ts'
import { getSetUp, getSite } from '#domain/site/queries.ts'
import { beforeGoingPublic } from '#domain/site/rules.ts'
import { listTopics } from '#domain/topic/queries.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { isAdmin } from '#lib/viewer.ts'
import { personalMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ token?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Set-up', description: 'The first steps of a new site.', path: paths.setUp() })
}

/** For whoever has the link that the start printed, then for the admin whom it made, and once all is done for nobody. */
export default async function SetUpPage({ searchParams }: Props) {
  const given = (await searchParams).token
  const token = typeof given === 'string' ? given : undefined
  const [{ over, hasAdmin, invited }, viewer, site] = await Promise.all([getSetUp(token), currentViewer(), getSite()])
  if (over) notFound()
  if (isAdmin(viewer)) return <GoOn siteName={site.name} unguarded={await listUnguardedAdmins(viewer)} />
  if (hasAdmin || !invited || !token) notFound()
  return (
    <NarrowPage heading="Your site begins here" lead="Its name, and who looks after it: you. All of this can be changed later.">
      <SetUpForm token={token} siteName={site.name} />
    </NarrowPage>
  )
}

async function GoOn({ siteName, unguarded }: { siteName: string; unguarded: string[] }) {
  const now = new Date()
  const { SITE_URL: siteUrl, ...surroundings } = env()
  const begun = (await listCommunities())?.rows ?? []
  const communities = await Promise.all(
    begun.map(async (community) => {
      const [topics, open] = await Promise.all([listTopics(community.id), listOpenInvitations(community.id, now)])
      return { community, topics, open }
    }),
  )
  return (
    <NarrowPage heading={`Set up ${siteName}`} lead="In any order, and all of it again later under Administration.">
      <Section heading="Communities">
        <div id="new-community" className="grid gap-8 pt-5">
          <p className="text-soft">A community is one profession with its topics and mentors. One is enough to begin with.</p>
          {/* A new key: what was typed has become a community, and the form is empty again. */}
          <NewCommunityForm key={begun.length} here={paths.setUp()} stay />
        </div>
      </Section>
      {communities.map(({ community, topics, open }) => (
        <Section key={community.id} heading={community.name}>
          <div className="grid gap-8 pt-5">
            <TopicNames topics={topics} />
            <TopicsForm key={topics.length} community={community} here={paths.setUp()} />
            <h3 className="font-semibold">{open.length ? 'Mentors' : 'The first mentor'}</h3>
            <Invitations community={community} open={open} siteUrl={siteUrl} here={paths.setUp()} />
          </div>
        </Section>
      ))}
      <Section heading="Mail">
        <div id="test-mail" className="pt-5">
          <TestMailForm here={paths.setUp()} />
        </div>
      </Section>
      <Section heading="Before others come">
        <div className="pt-5">
          <Steps steps={beforeGoingPublic({ SITE_URL: siteUrl, ...surroundings }, unguarded)} />
        </div>
      </Section>
      <FinishSetUpForm />
    </NarrowPage>
  )
}
