import type { Metadata } from 'next'
import { LinkTooOld } from '#components/account/link-too-old.tsx'
import { ResetForm } from '#components/account/reset-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findLink } from '#domain/mail-proof/queries.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ token?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Set a new password',
    description: 'Set a new password with the link that came by mail.',
    path: paths.resetLink(),
  })
}

export default async function ResetLinkPage({ searchParams }: Props) {
  const { token } = await searchParams
  const link = typeof token === 'string' ? await findLink(token, 'reset-password', new Date()) : null
  if (typeof token !== 'string' || !link) return <LinkTooOld again={paths.reset()} />
  return (
    <NarrowPage
      heading="Set a new password"
      lead={`For ${link.email}. Once it is set, every browser that is signed in to your account is signed out.`}
    >
      <ResetForm email={link.email} token={token} />
    </NarrowPage>
  )
}
