import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Saved } from '#components/admin/saved.tsx'
import { ChooseNoticesForm } from '#components/notice/notice-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listChoices } from '#domain/notice/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ done?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'What you are told', description: 'Mails and notices to you.', path: paths.settingsNotices() })
}

export default async function NoticeSettingsPage({ searchParams }: Props) {
  const [viewer, { done }] = await Promise.all([currentViewer(), searchParams])
  if (!viewer) redirect(paths.signIn(paths.settingsNotices()))
  const levels = await listChoices(viewer)
  return (
    <NarrowPage
      heading="What you are told"
      lead="Of one event you are told once, whatever the reasons. What moderators decide about you, you are always told."
    >
      {done === 'saved' && <Saved />}
      <ChooseNoticesForm levels={levels} />
    </NarrowPage>
  )
}
