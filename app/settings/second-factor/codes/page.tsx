import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { HideRecoveryCodesForm } from '#components/account/second-factor-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { readCarriedCodes } from '#domain/authenticator/queries.ts'
import { spacedCode } from '#domain/authenticator/rules.ts'
import { isFresh } from '#domain/session/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'The codes for the day on which the authenticator app is lost.'
  return personalMetadata({ title: 'Your recovery codes', description, path: paths.settingsRecoveryCodes() })
}

/** Shows codes only right after they were made, in the browser that made them: the database has no more than their sums. */
export default async function RecoveryCodesPage() {
  const { viewer, carried, now } = await currentVisit()
  if (!viewer) redirect(paths.signIn(paths.settingsSecondFactor()))
  const codes = isFresh(viewer, now) ? await readCarriedCodes(viewer, carried) : []
  if (!codes.length) redirect(paths.settingsSecondFactor())
  return (
    <NarrowPage
      heading="Your recovery codes"
      lead="Each lets you in once, in place of the app’s code. Write them down or print them, and keep them where the telephone is not. They are not shown again."
    >
      <ul className="grid w-fit grid-cols-1 gap-x-12 gap-y-2 font-mono text-lg tracking-wide min-[25rem]:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{spacedCode(code)}</li>
        ))}
      </ul>
      <HideRecoveryCodesForm />
    </NarrowPage>
  )
}
