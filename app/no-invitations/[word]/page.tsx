import type { Metadata } from 'next'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { NeverInviteForm } from '#components/wanted/invite-forms.tsx'
import { mayInvite, readNoInvitationsWord } from '#domain/not-to-invite/queries.ts'
import { NO_SUCH_LINK } from '#domain/not-to-invite/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ word: string }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Invitations to you', description: 'Whether you are invited.', path: paths.home() })
}

/** Needs no account. To look at it changes nothing: programs look at every link of a mail. */
export default async function NoInvitationsPage({ params }: Props) {
  const { word } = await params
  const said = readNoInvitationsWord(word)
  // Whoever is signed in comes from there.
  const settings = (await currentViewer()) && (
    <p>
      <a className="text-link inline-flex min-h-11 items-center" href={paths.settings()}>
        Back to your settings
      </a>
    </p>
  )
  if (!said)
    return (
      <NarrowPage heading="Nothing was changed" lead={NO_SUCH_LINK}>
        {settings}
      </NarrowPage>
    )
  const may = await mayInvite(said.email)
  return (
    <NarrowPage
      heading={may ? 'Never be invited again?' : 'You are not invited any more'}
      lead={
        may
          ? 'Then no host can invite you to anything here, whatever you are wished for.'
          : 'Hosts read that you do not want to be asked. Of your address nothing is kept that could be read.'
      }
    >
      <NeverInviteForm word={word} again={!may} />
      {settings}
    </NarrowPage>
  )
}
