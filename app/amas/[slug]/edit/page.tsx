import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { AmaForm } from '#components/ama/ama-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getHostedAma, listChoosableMentors } from '#domain/ama/queries.ts'
import { canHostAma } from '#domain/ama/rules.ts'
import { listTopics } from '#domain/topic/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Change the AMA', description: 'For its hosts.', path: paths.editAma(slug) })
}

export default async function EditAmaPage({ params }: Props) {
  const [viewer, { slug }] = await Promise.all([currentViewer(), params])
  if (!viewer) redirect(paths.signIn(paths.editAma(slug)))
  const ama = (await getHostedAma(slug)) ?? notFound()
  if (!canHostAma(viewer, ama)) notFound()
  const [topics, mentors] = await Promise.all([listTopics(ama.communityId), listChoosableMentors(ama.communityId)])
  const chosen = topics.some(({ id }) => id === ama.topicId) ? topics : [{ id: ama.topicId, name: ama.topic.name }, ...topics]
  return (
    <NarrowPage
      heading="Change the AMA"
      lead={ama.publishedAt ? 'When its start moves, everybody concerned is told.' : 'A draft: its hosts and those whom it invites see it.'}
    >
      <AmaForm community={ama.community} topics={chosen} mentors={mentors} zone={ama.timeZone} ama={ama} />
    </NarrowPage>
  )
}
