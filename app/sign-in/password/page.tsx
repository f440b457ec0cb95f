import type { Metadata } from 'next'
import { PasswordForm } from '#components/account/password-form.tsx'
import { WaitingNote } from '#components/ask/waiting-note.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { waitingTitle } from '#domain/draft/queries.ts'
import { paths } from '#lib/paths.ts'
import { safeNext } from '#lib/safe-next.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Sign in with a password',
    description: 'The way in for those who have set a password.',
    path: paths.signInPassword(),
  })
}

export default async function SignInPasswordPage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next) ?? undefined
  return (
    <NarrowPage heading="Sign in with a password" lead="For those who have set one. A code by mail works for everybody.">
      <WaitingNote title={await waitingTitle(next)} />
      <PasswordForm next={next} />
      <ul className="grid gap-1 border-t border-line pt-4">
        <li>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.signIn(next)}>
            Take a code by mail instead
          </a>
        </li>
        <li>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.reset()}>
            I forgot my password
          </a>
        </li>
      </ul>
    </NarrowPage>
  )
}
