import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { AmaHead } from '#components/ama/ama-head.tsx'
import { AcceptForm, DeclineForm } from '#components/ama/hosting-forms.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getAmaInvitation, getHostedAma } from '#domain/ama/queries.ts'
import { amaPhase } from '#domain/ama/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'An invitation', description: 'To hold an AMA.', path: paths.amaInvitation(slug) })
}

export default async function AmaInvitationPage({ params }: Props) {
  const [viewer, { slug }] = await Promise.all([currentViewer(), params])
  if (!viewer) redirect(paths.signIn(paths.amaInvitation(slug)))
  const ama = (await getHostedAma(slug)) ?? notFound()
  const invitation = (await getAmaInvitation(viewer, ama.id)) ?? notFound()
  const now = new Date()
  const open = !ama.cancelledAt && amaPhase(ama, now) !== 'past'
  return (
    <NarrowPage
      heading={
        !open
          ? 'This invitation is over'
          : invitation.acceptedAt
            ? 'You hold this AMA'
            : invitation.declinedAt
              ? 'You said no'
              : 'You are invited to hold an AMA'
      }
      lead={
        !open
          ? ama.cancelledAt
            ? 'The AMA was cancelled.'
            : 'The AMA is past.'
          : ama.publishedAt
            ? 'Everybody can read of it.'
            : 'Nobody but its hosts and those whom it invites sees it yet. The first yes publishes it.'
      }
    >
      <section aria-label="The AMA" className="rounded-lg border border-line p-5">
        <AmaHead ama={ama} now={now} preview />
      </section>
      {open && ama.publishedAt && (
        <p>
          <a className="text-link" href={paths.ama(slug)}>
            Its page
          </a>
        </p>
      )}
      {open && !invitation.acceptedAt && <AcceptForm ama={ama} />}
      {open && !invitation.declinedAt && <DeclineForm ama={ama} />}
    </NarrowPage>
  )
}
