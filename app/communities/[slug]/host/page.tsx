import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { TopicNames } from '#components/admin/topic-names.tsx'
import { HostedRow } from '#components/ama/hosted-row.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { ThresholdForm } from '#components/wanted/invite-forms.tsx'
import { listComingAmas, listDraftAmas, listUnclosedAmas } from '#domain/ama/queries.ts'
import { getHostedCommunity } from '#domain/community/queries.ts'
import { canHost } from '#domain/community/rules.ts'
import { listTopics } from '#domain/topic/queries.ts'
import { listReadyWanted } from '#domain/wanted/queries.ts'
import { count } from '#lib/count.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ after?: string | string[]; order?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'For hosts', description: 'What you prepare and run.', path: paths.hosting(slug) })
}

export default async function HostingPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { after, order }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.hosting(slug)))
  const community = (await getHostedCommunity(slug)) ?? notFound()
  if (!canHost(viewer, community.id)) notFound()
  const now = new Date()
  const [drafts, coming, unclosed, topics, ready] = await Promise.all([
    listDraftAmas(community.id, order === 'drafts' ? after : undefined),
    listComingAmas(now, community.id, order === 'coming' ? after : undefined),
    listUnclosedAmas(community.id, now),
    listTopics(community.id),
    listReadyWanted(community.id, order === 'wanted' ? after : undefined),
  ])
  if (!drafts || !coming || !ready) notFound()
  return (
    <NarrowPage heading={`Hosting ${community.name}`}>
      <p className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <a className="button" href={paths.newAma(slug)}>
          Prepare an AMA
        </a>
        <a className="text-link" href={paths.checking(slug)}>
          Questions to check
        </a>
        <a className="text-link" href={paths.applications(slug)}>
          Mentors to be
        </a>
      </p>
      <div>
        <Section heading="Drafts">
          <List
            next={drafts.next && afterHref(paths.hosting(slug), drafts.next, 'drafts')}
            more="More drafts"
            empty="Nothing is being prepared. A draft stands here until a mentor has said yes."
          >
            {drafts.rows.map((ama) => (
              <HostedRow key={ama.id} ama={ama} people={ama.people} />
            ))}
          </List>
        </Section>
        <Section heading="Live and upcoming">
          <List
            next={coming.next && afterHref(paths.hosting(slug), coming.next, 'coming')}
            more="More upcoming AMAs"
            empty="No AMA is planned. Prepare one, and it stands here once a mentor has said yes."
          >
            {coming.rows.map((ama) => (
              <HostedRow key={ama.id} ama={ama} />
            ))}
          </List>
        </Section>
        <Section heading="Past, not closed yet">
          <List empty="None. An AMA that nobody closes closes itself seven days after its end.">
            {unclosed.map((ama) => (
              <HostedRow key={ama.id} ama={ama} />
            ))}
          </List>
        </Section>
        <Section heading="Wanted by enough people">
          <List
            next={ready.next && afterHref(paths.hosting(slug), ready.next, 'wanted')}
            more="More that is wanted"
            empty={`Nothing yet. What ${community.wantedThreshold} people want stands here, with an invitation that is ready.`}
          >
            {ready.rows.map((wanted) => (
              <li key={wanted.id} className="py-4">
                <a className="quiet-link font-semibold" href={paths.hostedWanted(wanted.slug)}>
                  {wanted.title}
                </a>
                <p className="text-sm text-soft">
                  {count(wanted.joinCount, 'person')}
                  {wanted.invited ? ', somebody is invited' : ', the invitation is ready'}
                </p>
              </li>
            ))}
          </List>
          <div id="people" className="pt-4">
            <ThresholdForm community={community} />
          </div>
        </Section>
        <Section heading="Topics: what each is about">
          <div className="py-4">
            <TopicNames topics={topics} />
          </div>
        </Section>
      </div>
    </NarrowPage>
  )
}
