import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConfirmEmailForm } from '#components/account/settings-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
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
  if (typeof token !== 'string') notFound()
  return (
    <NarrowPage
      heading="Your new e-mail address"
      lead="One press, and mail for your account goes to the address that this link was sent to."
    >
      <ConfirmEmailForm token={token} />
    </NarrowPage>
  )
}
