import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ProveAgain } from '#components/account/prove-again.tsx'
import { ProviderList } from '#components/account/provider-list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnAccount } from '#domain/account/queries.ts'
import { listOwnProviders } from '#domain/identity/queries.ts'
import { isFresh } from '#domain/session/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'Sign in with an account that you have elsewhere.'
  return personalMetadata({ title: 'Connected accounts', description, path: paths.settingsProviders() })
}

type Props = { searchParams: Promise<{ done?: string | string[] }> }

const SAID: Record<string, string> = {
  connected: 'Connected. You can sign in with it from now on.',
  taken:
    'Nothing was connected: that account, or another one of the same provider, is connected already, perhaps here with another person.',
}

export default async function ProvidersPage({ searchParams }: Props) {
  const { viewer, now } = await currentVisit()
  if (!viewer) redirect(paths.signIn(paths.settingsProviders()))
  const [account, providers, { done }] = await Promise.all([getOwnAccount(viewer), listOwnProviders(viewer), searchParams])
  if (!providers.length) notFound()
  const said = typeof done === 'string' && SAID[done]
  return (
    <NarrowPage
      heading="Connected accounts"
      lead="Sign in with an account that you have elsewhere. A code by mail goes on working, whatever you connect."
    >
      {said && (
        <p role="status" className="form-message">
          {said}
        </p>
      )}
      {isFresh(viewer, now) ? (
        <ProviderList providers={providers} now={now} />
      ) : (
        <ProveAgain {...account} to="connect or disconnect accounts" next={paths.settingsProviders()} />
      )}
    </NarrowPage>
  )
}
