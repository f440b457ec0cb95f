import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { SessionList } from '#components/account/session-list.tsx'
import { EndOtherSessionsForm, SignOutForm } from '#components/account/settings-forms.tsx'
import { SettingsRow } from '#components/account/settings-row.tsx'
import { Suspended } from '#components/account/suspended.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { countSaved } from '#domain/deflection/queries.ts'
import { savedText } from '#domain/deflection/rules.ts'
import { listProviders } from '#domain/identity/queries.ts'
import { mayInvite, noInvitationsWord } from '#domain/not-to-invite/queries.ts'
import { listHosted } from '#domain/question/queries.ts'
import { isModerator } from '#domain/report/rules.ts'
import { listSessions } from '#domain/session/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { isAdmin } from '#lib/viewer.ts'
import { personalMetadata } from '../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'Your address, your password and where you are signed in.'
  return personalMetadata({ title: 'Your account', description, path: paths.settings() })
}

export default async function SettingsPage() {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settings()))
  const now = new Date()
  const [account, sessions, hosted, saved] = await Promise.all([
    getOwnAccount(viewer),
    listSessions(viewer, now),
    listHosted(viewer),
    countSaved(viewer),
  ])
  const invited = await mayInvite(account.email)
  const fresh = isFresh(viewer, now)
  const hasProviders = listProviders().length > 0
  return (
    <NarrowPage heading="Your account" lead={viewer.name}>
      <Suspended suspended={account.suspended} />
      <div>
        <Section heading="Profile">
          <SettingsRow href={paths.settingsProfile()} link="Change the profile">
            Your name, your picture, and what you say of yourself.
          </SettingsRow>
        </Section>
        <Section heading="Roles">
          <SettingsRow href={paths.roles()} link={viewer.mentor ? 'Change your roles' : 'Become a mentor'}>
            {viewer.mentor ? 'What you do and did, and what was checked.' : 'Answer questions about a job that you do or did.'}
          </SettingsRow>
        </Section>
        <Section heading="Your questions">
          <SettingsRow href={paths.myQuestions()} link="See your questions">
            What you asked, and what became of it.
          </SettingsRow>
        </Section>
        {savedText(saved.people, saved.answers.length) && (
          <Section heading="Your answers">
            <p className="pt-3">{savedText(saved.people, saved.answers.length)}</p>
            <ul className="mt-1">
              {saved.answers.map(({ id, title, url, people }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-x-6">
                  <a className="text-link inline-flex min-h-11 min-w-0 items-center" href={url}>
                    {title}
                  </a>
                  <span className="text-soft">{count(people, 'person')}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        {hosted.length > 0 && (
          <Section heading="Communities you host">
            {hosted.map(({ slug, name, waiting }) => (
              <SettingsRow
                key={slug}
                href={paths.checking(slug)}
                link={
                  <>
                    Questions to check<span className="sr-only"> in {name}</span>
                  </>
                }
              >
                {' '}
                {name}
                {waiting > 0 && `: ${count(waiting, 'question')} to check`}
              </SettingsRow>
            ))}
          </Section>
        )}
        <Section heading="What you follow">
          <p className="flex flex-wrap gap-x-6 pt-2">
            <a className="text-link inline-flex min-h-11 items-center" href={paths.myFeed()}>
              Your feed
            </a>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.following()}>
              Mentors, topics and questions
            </a>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.mySaved()}>
              Saved answers
            </a>
          </p>
        </Section>
        <Section heading="E-mail address">
          <SettingsRow href={paths.settingsEmail()} link="Change the address">
            {account.email}
          </SettingsRow>
        </Section>
        <Section heading="Password">
          <SettingsRow href={paths.settingsPassword()} link={account.hasPassword ? 'Change the password' : 'Set a password'}>
            {account.hasPassword ? 'Set. A code by mail works too.' : 'None: you sign in by a code that comes by mail.'}
          </SettingsRow>
        </Section>
        {hasProviders && (
          <Section heading="Connected accounts">
            <SettingsRow href={paths.settingsProviders()} link="Connect or disconnect">
              Sign in with an account that you have elsewhere.
            </SettingsRow>
          </Section>
        )}
        <Section heading="Passkeys">
          <SettingsRow href={paths.settingsPasskeys()} link={account.hasPasskey ? 'Change the passkeys' : 'Add a passkey'}>
            {account.hasPasskey ? 'You sign in by finger, face or PIN where you like.' : 'None.'}
          </SettingsRow>
        </Section>
        <Section heading="Second step">
          <SettingsRow
            href={paths.settingsSecondFactor()}
            link={account.hasSecondFactor ? 'Change the second step' : 'Ask for a code of an app too'}
          >
            {' '}
            {account.hasSecondFactor ? 'Each sign-in asks for a code of your app.' : 'None: a code by mail is enough.'}
          </SettingsRow>
        </Section>
        <Section heading="Where you are signed in">
          <SessionList sessions={sessions} canEnd={fresh} now={now} />
          <div id="elsewhere" className="mt-3 grid grid-cols-1 justify-items-start gap-4">
            {fresh ? <EndOtherSessionsForm /> : <ProveAgain {...account} to="sign other browsers out" next={paths.settings()} />}
          </div>
        </Section>
        <Section heading="Your data">
          <SettingsRow href={paths.settingsData()} link="Download or delete">
            Take all of it with you, or leave for good.
          </SettingsRow>
        </Section>
        <Section heading="Notices">
          <p className="flex flex-wrap gap-x-6 pt-2">
            <a className="text-link inline-flex min-h-11 items-center" href={paths.myNotices()}>
              Notices to you
            </a>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsNotices()}>
              Choose what you are told
            </a>
          </p>
        </Section>
        <Section heading="Invitations">
          <SettingsRow
            href={paths.noInvitations(noInvitationsWord({ email: account.email, wanted: null }))}
            link={invited ? 'Never be invited' : 'Be invited again'}
          >
            {invited ? 'Hosts may invite you to hold an AMA.' : 'Nobody may invite you: you said so.'}
          </SettingsRow>
        </Section>
        {isModerator(viewer) && (
          <Section heading="Moderation">
            <p className="pt-2">
              <a className="text-link inline-flex min-h-11 items-center" href={paths.moderation()}>
                Open reports
              </a>
            </p>
          </Section>
        )}
        {isAdmin(viewer) && (
          <Section heading="Administration">
            <p className="pt-2">
              <a className="text-link inline-flex min-h-11 items-center" href={paths.admin()}>
                Communities, topics, pages and the site's name
              </a>
            </p>
          </Section>
        )}
      </div>
      <div id="here" className="border-t border-line pt-6">
        <SignOutForm />
      </div>
    </NarrowPage>
  )
}
