import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { EmailForm } from '#components/account/email-form.tsx'
import { SignInWithPasskeyForm } from '#components/account/passkey-forms.tsx'
import { ProviderLinks } from '#components/account/provider-list.tsx'
import { WaitingNote } from '#components/ask/waiting-note.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { waitingTitle } from '#domain/draft/queries.ts'
import { listProviders } from '#domain/identity/queries.ts'
import { paths } from '#lib/paths.ts'
import { safeNext } from '#lib/safe-next.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Sign in or join',
    description: 'The way in, by a code sent to your e-mail address.',
    path: paths.signIn(),
  })
}

export default async function SignInPage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next) ?? undefined
  if (await currentViewer()) redirect(next ?? paths.settings())
  return (
    <NarrowPage
      heading="Sign in or join"
      lead="Type your e-mail address, and a code comes by mail. If you are new here, you say your name next, and that is all."
    >
      <WaitingNote title={await waitingTitle(next)} />
      <EmailForm next={next} />
      <ProviderLinks providers={listProviders()} next={next} />
      <details className="border-t border-line pt-5">
        <summary className="w-fit cursor-pointer py-2.5 text-soft">Other ways</summary>
        <div className="mt-3">
          <SignInWithPasskeyForm next={next} permalink={paths.signIn(next)} />
        </div>
        <ul className="mt-3 grid gap-1">
          <li>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.signInPassword(next)}>
              Sign in with a password
            </a>
          </li>
        </ul>
      </details>
    </NarrowPage>
  )
}
