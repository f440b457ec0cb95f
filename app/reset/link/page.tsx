import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ResetForm } from '#components/account/reset-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
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
  if (typeof token !== 'string') notFound()
  return (
    <NarrowPage heading="Set a new password" lead="Once it is set, every browser that is signed in to your account is signed out.">
      <ResetForm token={token} />
    </NarrowPage>
  )
}
