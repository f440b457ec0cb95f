import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ReadAllForm } from '#components/notice/notice-forms.tsx'
import { NoticeRow } from '#components/notice/notice-row.tsx'
import { List } from '#components/ui/list.tsx'
import { countUnread, listNotices, listOwnKinds } from '#domain/notice/queries.ts'
import { Kind, kinds } from '#domain/notice/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ kind?: string | string[]; after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Notices', description: 'What you were told.', path: paths.myNotices() })
}

export default async function NoticesPage({ searchParams }: Props) {
  const [viewer, { kind: asked, after }] = await Promise.all([currentViewer(), searchParams])
  if (!viewer) redirect(paths.signIn(paths.myNotices()))
  const kind = asked === undefined ? undefined : (Kind.safeParse(asked).data ?? notFound())
  const [page, unread, own] = await Promise.all([listNotices(viewer, { kind, after }), countUnread(viewer), listOwnKinds(viewer)])
  const notices = page ?? notFound()
  const now = new Date()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight">Notices</h1>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        {own.length > 1 && (
          <nav aria-label="Kinds" className="flex flex-wrap gap-x-5 text-[0.95rem]">
            {[undefined, ...own].map((one) => (
              <a
                key={one ?? ''}
                className="quiet-link flex min-h-11 items-center text-soft aria-[current]:font-semibold aria-[current]:text-ink"
                href={paths.myNotices(one)}
                aria-current={one === kind ? 'page' : undefined}
              >
                {one ? kinds[one].name : 'All'}
              </a>
            ))}
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsNotices()}>
            Choose what you are told
          </a>
          {unread > 0 && <ReadAllForm />}
        </div>
      </div>
      <div className="mt-4 border-t border-line">
        <List next={notices.next && paths.myNotices(kind, notices.next)} more="Earlier notices" empty={NOTHING}>
          {notices.rows.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} now={now} />
          ))}
        </List>
      </div>
    </div>
  )
}

const NOTHING = 'Nothing yet. When a question of yours is answered, or one that you want answered, it stands here.'
