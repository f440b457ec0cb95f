import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listProviders } from '#domain/identity/queries.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'Why an account elsewhere did not let you in, and how you get in.'
  return personalMetadata({ title: 'Not in yet', description, path: '/sign-in/provider' })
}

type Props = { searchParams: Promise<{ id?: string | string[]; why?: string | string[] }> }

/** The same for an address that the provider has not proved and for one that has an account here: nobody learns which it is. */
export default async function ProviderTroublePage({ searchParams }: Props) {
  const { id, why } = await searchParams
  const provider = listProviders().find((known) => known.id === id)
  if (!provider) redirect(paths.signIn())
  const { name } = provider
  return (
    <NarrowPage heading="Not in yet" lead={wordsOf(why, name)}>
      <p className="flex flex-wrap gap-3">
        <a className="button" href={paths.signIn(why === 'unknown' ? paths.settingsProviders() : undefined)}>
          Take a code by mail
        </a>
        {why === 'failed' && (
          <a className="button button-quiet" href={paths.provider(provider.id)} rel="nofollow">
            Try {name} again
          </a>
        )}
      </p>
    </NarrowPage>
  )
}

function wordsOf(why: unknown, name: string): string {
  if (why === 'unknown') {
    return `This site does not know your account with ${name}. Sign in or join with a code by mail, then connect ${name} in your settings: from then on it lets you in.`
  }
  return `${name} did not say who you are, or it took too long. Nothing has changed. Try again, or take a code by mail.`
}
