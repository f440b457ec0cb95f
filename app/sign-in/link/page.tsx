import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LinkForm } from '#components/account/link-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ token?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Sign in here', description: 'Sign in with the link that came by mail.', path: paths.signInLink() })
}

export default async function SignInLinkPage({ searchParams }: Props) {
  const { token } = await searchParams
  if (typeof token !== 'string') notFound()
  return (
    <NarrowPage heading="One press, and you are in" lead="You opened a link that we sent you. It signs you in here, in this browser, once.">
      <LinkForm token={token} />
      <p className="border-t border-line pt-5 text-sm text-soft">You asked for nothing? Then close this page, and nothing happens.</p>
    </NarrowPage>
  )
}
