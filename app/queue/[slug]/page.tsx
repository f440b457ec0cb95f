import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { QueuedView } from '#components/queue/queued-view.tsx'
import { getQueued, listColleagues } from '#domain/queue/queries.ts'
import { hasQueue, whereIn } from '#domain/queue/rules.ts'
import { findOwnAlike } from '#domain/similar/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'A question of your queue', description: 'What you can do with it.', path: paths.queued(slug) })
}

export default async function QueuedPage({ params, searchParams }: Props) {
  const [viewer, { slug }, given] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.queued(slug)))
  if (!hasQueue(viewer) || !viewer.mentor) notFound()
  const now = new Date()
  // A notice led here, and it is answered by now, or it moved.
  const question = (await getQueued(viewer, slug, now)) ?? redirect(paths.question(slug))
  const { from, order } = whereIn(given)
  const [colleagues, earlier] = await Promise.all([listColleagues(viewer, question.id, now), findOwnAlike(viewer.memberId, question)])
  return <QueuedView question={question} colleagues={colleagues} earlier={earlier} where={{ from, order }} now={now} />
}
