import type { Metadata } from 'next'
import { AcceptInvitationForm } from '#components/admin/site-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findInvitation } from '#domain/invitation/queries.ts'
import { NO_LONGER_GOOD } from '#domain/invitation/rules.ts'
import { byline } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ word: string }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Invitation', description: 'An invitation to become a mentor.', path: paths.home() })
}

export default async function InvitationPage({ params }: Props) {
  const { word } = await params
  const [invitation, viewer] = await Promise.all([findInvitation(word, new Date()), currentViewer()])
  if (!invitation)
    return (
      <NarrowPage heading="This invitation is no longer good" lead={NO_LONGER_GOOD}>
        {null}
      </NarrowPage>
    )
  const { community, invitedBy, company, title, wanted } = invitation
  const role = byline({ company, title }, '')
  return (
    <NarrowPage
      heading={`Become a mentor of ${community.name}`}
      lead={`${invitedBy?.name ?? 'Somebody'} invites you to answer questions about a job that you have done, under your name.`}
    >
      {wanted && <p className="whitespace-pre-wrap break-words border-l-2 border-line pl-4">{wanted.invitationText}</p>}
      {viewer ? (
        <>
          <p>
            You are signed in as {viewer.name}.{role && ` Your page will say: ${role}.`}
          </p>
          <AcceptInvitationForm word={word} />
        </>
      ) : (
        <p>
          <a className="button" href={paths.signIn(paths.invitation(word))}>
            Sign in or join
          </a>
        </p>
      )}
    </NarrowPage>
  )
}
