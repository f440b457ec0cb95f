import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { SessionList } from '#components/account/session-list.tsx'
import { EndOtherSessionsForm, SignOutForm } from '#components/account/settings-forms.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { countSaved } from '#domain/deflection/queries.ts'
import { savedText } from '#domain/deflection/rules.ts'
import { listProviders } from '#domain/identity/queries.ts'
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
  const fresh = isFresh(viewer, now)
  const hasProviders = listProviders().length > 0
  const elsewhere = sessions.some(({ current }) => !current)
  return (
    <NarrowPage heading="Your account" lead={viewer.name}>
      <div>
        <Section heading="Profile">
          <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
            <span className="min-w-0">Your name, your picture, and what you say of yourself.</span>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsProfile()}>
              Change the profile
            </a>
          </p>
        </Section>
        <Section heading="Your questions">
          <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
            <span className="min-w-0">What you asked, and what became of it.</span>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.myQuestions()}>
              See your questions
            </a>
          </p>
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
              <p key={slug} className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
                <span className="min-w-0">
                  {name}
                  {waiting > 0 && `: ${count(waiting, 'question')} to check`}
                </span>
                <a className="text-link inline-flex min-h-11 items-center" href={paths.checking(slug)}>
                  Questions to check<span className="sr-only"> in {name}</span>
                </a>
              </p>
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
        {hasProviders && (
          <Section heading="Connected accounts">
            <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
              <span className="min-w-0">Sign in with an account that you have elsewhere.</span>
              <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsProviders()}>
                Connect or disconnect
              </a>
            </p>
          </Section>
        )}
        <Section heading="Passkeys">
          <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
            <span className="min-w-0">{account.hasPasskey ? 'You sign in by finger, face or PIN where you like.' : 'None.'}</span>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsPasskeys()}>
              {account.hasPasskey ? 'Change the passkeys' : 'Add a passkey'}
            </a>
          </p>
        </Section>
        <Section heading="Second step">
          <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
            <span className="min-w-0">
              {account.hasSecondFactor ? 'Each sign-in asks for a code of your app.' : 'None: a code by mail is enough.'}
            </span>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsSecondFactor()}>
              {account.hasSecondFactor ? 'Change the second step' : 'Ask for a code of an app too'}
            </a>
          </p>
        </Section>
        <Section heading="Where you are signed in">
          <SessionList sessions={sessions} canEnd={fresh} now={now} />
          {elsewhere && (
            <div id="elsewhere" className="mt-3 grid grid-cols-1 justify-items-start gap-4">
              {fresh ? <EndOtherSessionsForm /> : <ProveAgain {...account} to="sign other browsers out" next={paths.settings()} />}
            </div>
          )}
        </Section>
        <Section heading="Your data">
          <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
            <span className="min-w-0">Take all of it with you, or leave for good.</span>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.settingsData()}>
              Download or delete
            </a>
          </p>
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
