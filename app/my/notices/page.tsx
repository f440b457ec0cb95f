import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { NoticeRow } from '#components/moderation/notice-row.tsx'
import { List } from '#components/ui/list.tsx'
import { listNotices } from '#domain/notice/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Notices', description: 'What moderators told you.', path: paths.myNotices() })
}

export default async function NoticesPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.myNotices()))
  const notices = (await listNotices(viewer, (await searchParams).after)) ?? notFound()
  const now = new Date()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="mb-6 text-3xl font-semibold tracking-tight">Notices</h1>
      <List
        next={notices.next && afterHref(paths.myNotices(), notices.next)}
        more="Earlier notices"
        empty="No notice. When a moderator hides something of yours, the reason stands here."
      >
        {notices.rows.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} now={now} />
        ))}
      </List>
    </div>
  )
}
