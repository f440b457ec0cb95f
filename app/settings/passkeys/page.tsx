import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { browserName } from '#components/account/browser-name.ts'
import { AddPasskeyForm, PasskeyList } from '#components/account/passkey-forms.tsx'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { listPasskeys } from '#domain/passkey/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'Sign in by finger, face or PIN, without a code and without a password.'
  return personalMetadata({ title: 'Your passkeys', description, path: paths.settingsPasskeys() })
}

export default async function PasskeysPage() {
  const { viewer, agent, now } = await currentVisit()
  if (!viewer) redirect(paths.signIn(paths.settingsPasskeys()))
  const [account, passkeys] = await Promise.all([getOwnAccount(viewer), listPasskeys(viewer)])
  const fresh = isFresh(viewer, now)
  return (
    <NarrowPage
      heading="Your passkeys"
      lead="With one you sign in by finger, face or PIN: no mail to wait for, and nothing that somebody could get out of you. A code by mail goes on working."
    >
      <div>
        {passkeys.length > 0 && (
          <Section heading="Yours">
            <PasskeyList passkeys={passkeys} canRemove={fresh} now={now} />
          </Section>
        )}
        <Section heading={passkeys.length ? 'Another one' : 'A first one'}>
          <div id="add" className="grid grid-cols-1 gap-5 pt-4">
            {fresh ? (
              <>
                <AddPasskeyForm called={browserName(agent)} />
                <p data-without-js="">To make a passkey, this page needs JavaScript.</p>
              </>
            ) : (
              <ProveAgain {...account} to="add or remove passkeys" next={paths.settingsPasskeys()} />
            )}
          </div>
        </Section>
      </div>
    </NarrowPage>
  )
}
