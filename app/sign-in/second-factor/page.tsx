import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SecondFactorForm } from '#components/account/second-factor-forms.tsx'
import { WaitingNote } from '#components/ask/waiting-note.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { waitingTitle } from '#domain/draft/queries.ts'
import { findPendingSignIn } from '#domain/pending-sign-in/queries.ts'
import { paths } from '#lib/paths.ts'
import { safeNext } from '#lib/safe-next.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'The second step of signing in: a code of your authenticator app.'
  return personalMetadata({ title: 'The second step', description, path: paths.signInSecondFactor() })
}

export default async function SecondFactorPage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next) ?? undefined
  const { carried, now } = await currentVisit()
  const pending = await findPendingSignIn(carried, now)
  if (!pending) redirect(paths.signIn(next))
  return (
    <NarrowPage
      heading="The second step"
      lead="You asked for it: open your authenticator app, and type the code that it shows for this site."
    >
      <WaitingNote title={await waitingTitle(pending.next)} />
      <SecondFactorForm next={next} />
      <p className="border-t border-line pt-5 text-sm text-soft">
        The app is gone? Type one of your recovery codes. They are gone too? Whoever runs this site can take the second step away, once they
        know that it is you.
      </p>
    </NarrowPage>
  )
}
