import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { ChangeEmailForm } from '#components/account/settings-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({
    title: 'Change your address',
    description: 'Another e-mail address for your account.',
    path: paths.settingsEmail(),
  })
}

export default async function ChangeEmailPage() {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settingsEmail()))
  const account = await getOwnAccount(viewer)
  return (
    <NarrowPage
      heading="Change your e-mail address"
      lead={`It is ${account.email}. The new one counts once you open the link that goes there, and both are told.`}
    >
      {isFresh(viewer, new Date()) ? <ChangeEmailForm /> : <ProveAgain {...account} to="change the address" next={paths.settingsEmail()} />}
    </NarrowPage>
  )
}
