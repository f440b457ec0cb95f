import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ArchiveForm, DeleteAccountForm } from '#components/account/data-forms.tsx'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { Suspended } from '#components/account/suspended.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

/** By the code of the refusal. Who signed in too long ago is asked to do it again instead. */
const SAID = new Map([
  ['too_many', 'You have asked for it a few times already. Try again in an hour.'],
  ['unavailable', 'The place where pictures are kept does not answer, so nothing was packed. Try again in a minute.'],
])

type Props = { searchParams: Promise<{ archive?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'Download all that is kept of you, or delete your account.'
  return personalMetadata({ title: 'Your data', description, path: paths.settingsData() })
}

export default async function DataPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settingsData()))
  const [account, { archive }] = await Promise.all([getOwnAccount(viewer), searchParams])
  const fresh = isFresh(viewer, new Date())
  const refusal = typeof archive === 'string' ? SAID.get(archive) : undefined
  return (
    <NarrowPage heading="Your data" lead="It is yours: take it along, or take it away.">
      <Suspended suspended={account.suspended} />
      {fresh && refusal && (
        <p role="alert" className="form-message">
          {refusal}
        </p>
      )}
      {fresh ? (
        <div>
          <Section heading="Download">
            <p className="pb-5 pt-3">
              One ZIP file with everything that is kept of you: a JSON file for each kind of thing, and your picture.
            </p>
            <ArchiveForm />
          </Section>
          <Section heading="Delete the account">
            <p className="max-w-prose pb-5 pt-3">
              Your profile, picture, address, sessions, roles and requests are deleted at once and for everybody; nobody can bring them
              back.
            </p>
            <DeleteAccountForm handle={viewer.handle} />
          </Section>
        </div>
      ) : (
        <ProveAgain {...account} to="download your data or delete your account" next={paths.settingsData()} />
      )}
    </NarrowPage>
  )
}
