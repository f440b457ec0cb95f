import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { AmaForm } from '#components/ama/ama-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { hostsZone, listChoosableMentors } from '#domain/ama/queries.ts'
import { getHostedCommunity } from '#domain/community/queries.ts'
import { canHost } from '#domain/community/rules.ts'
import { listTopics } from '#domain/topic/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Prepare an AMA', description: 'A draft that its people alone see.', path: paths.newAma(slug) })
}

export default async function NewAmaPage({ params }: Props) {
  const [viewer, { slug }] = await Promise.all([currentViewer(), params])
  if (!viewer) redirect(paths.signIn(paths.newAma(slug)))
  const community = (await getHostedCommunity(slug)) ?? notFound()
  if (!canHost(viewer, community.id)) notFound()
  const [topics, mentors, zone] = await Promise.all([
    listTopics(community.id),
    listChoosableMentors(community.id),
    hostsZone(viewer, community.id),
  ])
  const missing = !topics.length ? 'topic' : !mentors.length ? 'mentor' : null
  return (
    <NarrowPage
      heading="Prepare an AMA"
      lead={
        missing
          ? `${community.name} has no ${missing} yet. An admin adds the first one, and then you can prepare an AMA.`
          : `In ${community.name}. You see what it will look like before anybody else does.`
      }
    >
      {!missing && <AmaForm community={community} topics={topics} mentors={mentors} zone={zone} />}
    </NarrowPage>
  )
}
