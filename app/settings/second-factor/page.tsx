import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProveAgain } from '#components/account/prove-again.tsx'
import {
  BeginAuthenticatorForm,
  ConfirmAuthenticatorForm,
  RemoveAuthenticatorForm,
  RenewRecoveryCodesForm,
} from '#components/account/second-factor-forms.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { ShortDate } from '#components/ui/time.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { getOwnSecondFactor } from '#domain/authenticator/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'A code of an authenticator app as the second step of signing in.'
  return personalMetadata({ title: 'The second step', description, path: paths.settingsSecondFactor() })
}

export default async function SecondFactorSettingsPage() {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settingsSecondFactor()))
  const now = new Date()
  const [account, factor] = await Promise.all([getOwnAccount(viewer), getOwnSecondFactor(viewer)])
  const lead =
    'Whoever gets into your mailbox or knows your password still needs your telephone: each sign-in asks for a code that an app shows there.'
  if (!isFresh(viewer, now)) {
    return (
      <NarrowPage heading="A second step" lead={lead}>
        <ProveAgain {...account} to="change the second step" next={paths.settingsSecondFactor()} />
      </NarrowPage>
    )
  }
  return (
    <NarrowPage heading="A second step" lead={lead}>
      {factor.state === 'off' && (
        <div className="grid gap-5">
          <p>
            Any authenticator app will do, also the one of your password manager. You get recovery codes to keep for the day on which the
            app is lost.
          </p>
          <BeginAuthenticatorForm />
        </div>
      )}
      {factor.state === 'begun' && <Setup letters={factor.letters} address={factor.address} />}
      {factor.state === 'on' && (
        <div>
          <Section heading="On">
            <p className="pt-3">
              Since <ShortDate at={factor.since} now={now} /> each sign-in asks for a code of your app.
            </p>
          </Section>
          <Section heading="Recovery codes">
            <p className="pb-5 pt-3">{recoveryCodesLeft(factor.codesLeft)} New ones take the place of all you have.</p>
            <RenewRecoveryCodesForm />
          </Section>
          <Section heading="Off again">
            <p className="pb-5 pt-3">Then a code by mail or your password is enough, and other browsers are signed out.</p>
            <RemoveAuthenticatorForm />
          </Section>
        </div>
      )}
    </NarrowPage>
  )
}

function recoveryCodesLeft(codesLeft: number): string {
  const left = count(codesLeft, 'recovery code')
  return left ? `You have ${left} left, each good once.` : 'You have none left.'
}

function Setup({ letters, address }: { letters: string; address: string }) {
  return (
    <ol className="grid gap-8">
      <li>
        <h2 className="mb-3 font-semibold">1. Give the key to your app</h2>
        <QrCode text={address} says="The key as a picture, for the camera of your app" />
        <p className="mt-4">
          Point its camera at the picture. On this very device{' '}
          <a className="text-link" href={address}>
            open the app
          </a>
          , or type the key:
        </p>
        <p className="mt-2 break-words font-mono tracking-wide">{letters}</p>
      </li>
      <li>
        <h2 className="mb-3 font-semibold">2. Show that it has it</h2>
        <ConfirmAuthenticatorForm />
      </li>
      <li className="border-t border-line pt-5">
        <BeginAuthenticatorForm again />
      </li>
    </ol>
  )
}
