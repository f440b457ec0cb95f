import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { FollowPage } from '#components/follow/follow-page.tsx'
import { getOwnFollow } from '#domain/follow/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ refused?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const path = paths.ownFollow('topic', (await params).slug)
  return personalMetadata({ title: 'Following', description: 'Whether you follow this topic.', path })
}

export default async function FollowTopicPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { refused }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.ownFollow('topic', slug)))
  const follow = (await getOwnFollow(viewer, 'topic', slug)) ?? notFound()
  return <FollowPage thing="topic" follow={follow} refused={refused} />
}
