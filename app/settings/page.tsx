import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SessionList } from '#components/account/session-list.tsx'
import { EndOtherSessionsForm, SignOutForm } from '#components/account/settings-forms.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { listOwnSessions } from '#domain/session/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Your account',
    description: 'Your address, your password and where you are signed in.',
    path: paths.settings(),
  })
}

export default async function SettingsPage() {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settings()))
  const now = new Date()
  const [account, sessions] = await Promise.all([getOwnAccount(viewer), listOwnSessions(viewer, now)])
  return (
    <NarrowPage heading="Your account" lead={viewer.name}>
      <Section heading="E-mail address">
        <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
          <span className="min-w-0">{account.email}</span>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsEmail()}>
            Change the address
          </a>
        </p>
      </Section>
      <Section heading="Password">
        <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
          <span>{account.hasPassword ? 'Set. A code by mail works too.' : 'None: you sign in by a code that comes by mail.'}</span>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsPassword()}>
            {account.hasPassword ? 'Change the password' : 'Set a password'}
          </a>
        </p>
      </Section>
      <Section heading="Where you are signed in">
        <div id="browsers" className="grid gap-5">
          <SessionList sessions={sessions} currentId={viewer.sessionId} now={now} />
          <div id="sign-out" className="flex flex-wrap gap-3">
            <SignOutForm />
            {sessions.length > 1 && <EndOtherSessionsForm />}
          </div>
        </div>
      </Section>
    </NarrowPage>
  )
}
