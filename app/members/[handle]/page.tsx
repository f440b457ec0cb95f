import type { Metadata } from 'next'
import { permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { MemberHead } from '#components/member/member-head.tsx'
import { listShownFollows } from '#domain/follow/queries.ts'
import { getMember } from '#domain/member/queries.ts'
import { paths } from '#lib/paths.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ handle: string }> }

const load = cache(async (handle: string) => {
  const member = (await getMember(handle)) ?? (await movedOrNotFound('Member', handle, paths.member))
  // Whoever is a mentor has one page, with the answers.
  if (member.mentorSince) permanentRedirect(paths.mentor(member.handle))
  return member
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, bio, handle } = await load((await params).handle)
  const description = bio ?? `${name} is a member.`
  // Anybody can write here, so nobody is to find it by searching for something else.
  return { ...(await pageMetadata({ title: name, description, path: paths.member(handle) })), robots: { index: false, follow: false } }
}

export default async function MemberPage({ params }: Props) {
  const member = await load((await params).handle)
  const follows = member.followsShownSince ? await listShownFollows(member.id) : []
  return <MemberHead member={member} follows={follows} now={new Date()} />
}
