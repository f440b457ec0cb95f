import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { ChangePasswordForm } from '#components/account/settings-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Your password',
    description: 'Set or change the password of your account.',
    path: paths.settingsPassword(),
  })
}

export default async function ChangePasswordPage() {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settingsPassword()))
  const account = await getOwnAccount(viewer)
  const { email, hasPassword, hasSecondFactor } = account
  return (
    <NarrowPage
      heading={hasPassword ? 'Change your password' : 'Set a password'}
      lead="Every other browser that is signed in to your account is signed out then, and a mail tells you of it."
    >
      {(hasPassword && !hasSecondFactor) || isFresh(viewer, new Date()) ? (
        <ChangePasswordForm email={email} hasPassword={hasPassword} />
      ) : (
        <ProveAgain {...account} to={hasPassword ? 'change the password' : 'set a password'} next={paths.settingsPassword()} />
      )}
    </NarrowPage>
  )
}
