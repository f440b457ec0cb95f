import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NameForm } from '#components/account/name-form.tsx'
import { WaitingNote } from '#components/ask/waiting-note.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { signUpAction } from '#domain/account/actions.ts'
import { waitingTitle } from '#domain/draft/queries.ts'
import { joinWithIdentityAction } from '#domain/identity/actions.ts'
import { Joining, readCarried } from '#domain/identity/rules.ts'
import { findLink } from '#domain/mail-proof/queries.ts'
import { getSite } from '#domain/site/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Your name', description: 'The last step to join.', path: paths.signUp() })
}

export default async function SignUpPage() {
  const { viewer, carried, now } = await currentVisit()
  const [site, proved] = await Promise.all([getSite(), carried ? findLink(carried, 'sign-up', now) : null])
  const joining = readCarried(Joining, carried, now)
  const heading = `Welcome to ${site.name}`
  if (joining) {
    return (
      <NarrowPage heading={heading} lead={`You are new here, and ${joining.email} is yours. One thing is left.`}>
        <WaitingNote title={await waitingTitle(joining.next)} />
        <NameForm action={joinWithIdentityAction} siteName={site.name} name={joining.name ?? undefined} />
      </NarrowPage>
    )
  }
  if (!proved) redirect(viewer ? paths.settings() : paths.signIn())
  return (
    <NarrowPage heading={heading} lead={`You are new here, and ${proved.email} is yours. One thing is left.`}>
      <WaitingNote title={await waitingTitle(proved.next)} />
      <NameForm action={signUpAction} siteName={site.name} />
    </NarrowPage>
  )
}
