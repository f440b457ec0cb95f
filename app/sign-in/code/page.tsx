import type { Metadata } from 'next'
import { CodeForm } from '#components/account/code-form.tsx'
import { WaitingNote } from '#components/ask/waiting-note.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { waitingTitle } from '#domain/draft/queries.ts'
import { findAsked } from '#domain/mail-proof/queries.ts'
import { paths } from '#lib/paths.ts'
import { safeNext } from '#lib/safe-next.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Type the code', description: 'Sign in with the code that came by mail.', path: paths.signInCode() })
}

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInCodePage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next) ?? undefined
  const { carried, now } = await currentVisit()
  const asked = await findAsked(carried, now)
  const whereTo = asked ? `to ${asked.email}` : 'by mail'
  return (
    <NarrowPage
      heading="Look into your mailbox"
      lead={`A code and a link come ${whereTo}. Type the code here within ten minutes, or open the link in any browser.`}
    >
      <WaitingNote title={await waitingTitle(asked?.next)} />
      <CodeForm next={next} />
      <p className="border-t border-line pt-5 text-sm text-soft">
        Nothing there after a minute? Look among the unwanted mail, or{' '}
        <a className="text-link" href={paths.signIn(next)}>
          ask for another code
        </a>
        .
      </p>
    </NarrowPage>
  )
}
