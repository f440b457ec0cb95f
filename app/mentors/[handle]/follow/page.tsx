import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { FollowPage } from '#components/follow/follow-page.tsx'
import { getOwnFollow } from '#domain/follow/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ handle: string }>; searchParams: Promise<{ refused?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const path = paths.ownFollow('mentor', (await params).handle)
  return personalMetadata({ title: 'Following', description: 'Whether you follow this mentor.', path })
}

export default async function FollowMentorPage({ params, searchParams }: Props) {
  const [viewer, { handle }, { refused }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.ownFollow('mentor', handle)))
  const follow = (await getOwnFollow(viewer, 'mentor', handle)) ?? notFound()
  return <FollowPage thing="mentor" follow={follow} refused={refused} />
}
