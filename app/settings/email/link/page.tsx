import type { Metadata } from 'next'
import { LinkTooOld } from '#components/account/link-too-old.tsx'
import { ConfirmEmailForm } from '#components/account/settings-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findLink } from '#domain/mail-proof/queries.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { searchParams: Promise<{ token?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Your new address',
    description: 'Confirm the new e-mail address of your account.',
    path: paths.settingsEmailLink(),
  })
}

export default async function ConfirmEmailPage({ searchParams }: Props) {
  const { token } = await searchParams
  const link = typeof token === 'string' ? await findLink(token, 'change-email', new Date()) : null
  if (typeof token !== 'string' || !link) return <LinkTooOld again={paths.settingsEmail()} />
  return (
    <NarrowPage heading="Your new e-mail address" lead={`One press, and mail for your account goes to ${link.email}.`}>
      <ConfirmEmailForm token={token} />
    </NarrowPage>
  )
}
