import type { Metadata } from 'next'
import { LinkForm } from '#components/account/link-form.tsx'
import { LinkTooOld } from '#components/account/link-too-old.tsx'
import { WaitingNote } from '#components/ask/waiting-note.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { waitingTitle } from '#domain/draft/queries.ts'
import { findLink } from '#domain/mail-proof/queries.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ token?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Sign in here', description: 'Sign in with the link that came by mail.', path: paths.signInLink() })
}

export default async function SignInLinkPage({ searchParams }: Props) {
  const { token } = await searchParams
  const link = typeof token === 'string' ? await findLink(token, 'sign-in', new Date()) : null
  if (typeof token !== 'string' || !link) return <LinkTooOld again={paths.signIn()} />
  return (
    <NarrowPage
      heading="One press, and you are in"
      lead={`You opened a link that we sent to ${link.email}. It signs you in here, in this browser, once.`}
    >
      <WaitingNote title={await waitingTitle(link.next)} />
      <LinkForm token={token} />
      <p className="border-t border-line pt-5 text-sm text-soft">You asked for nothing? Then close this page, and nothing happens.</p>
    </NarrowPage>
  )
}
