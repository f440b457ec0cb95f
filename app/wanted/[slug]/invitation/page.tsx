import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { BroughtAlong } from '#components/wanted/brought-along.tsx'
import { DeclineWantedForm, OfferSlotsForm } from '#components/wanted/invite-forms.tsx'
import { hostsZone } from '#domain/ama/queries.ts'
import { getInvitedWanted, type InvitedWanted } from '#domain/wanted-slot/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'An invitation', description: 'People wish to ask you.', path: paths.wantedInvitation(slug) })
}

export default async function WantedInvitationPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.wantedInvitation(slug)))
  const wanted = (await getInvitedWanted(slug)) ?? notFound()
  // An older notice led here, and somebody else is invited by now.
  if (wanted.mentor?.id !== viewer.memberId) redirect(paths.wantedThing(slug))
  const { invitationText, questions, slots, closedAt, ama } = wanted
  const zone = await hostsZone(viewer, wanted.community.id)
  return (
    <NarrowPage heading={headingOf(wanted)} lead={leadOf(wanted)}>
      {done === 'offered' && (
        <p role="status" className="form-message">
          Thank you. Everybody who joined is told, and says which times suit.
        </p>
      )}
      {ama && (
        <p>
          <a className="button" href={paths.ama(ama.slug)}>
            Your AMA
          </a>
        </p>
      )}
      {invitationText && <p className="whitespace-pre-wrap break-words border-l-2 border-line pl-4">{invitationText}</p>}
      <BroughtAlong questions={questions} />
      {!closedAt && (
        <>
          <section id="offer" className="grid gap-6 border-t border-line pt-6">
            <h2 className="text-lg font-semibold">{slots.length ? 'The times that you offer' : 'When could you come?'}</h2>
            <p className="text-soft">
              Up to five times. The first to which {wanted.enough} of them can come becomes the date of your AMA, and is announced.
            </p>
            <OfferSlotsForm wanted={wanted} slots={slots} minutes={wanted.minutes ?? 60} zone={zone} />
          </section>
          <section id="decline" className="border-t border-line pt-6">
            <DeclineWantedForm wanted={wanted} />
          </section>
        </>
      )}
    </NarrowPage>
  )
}

function headingOf({ closedAt, ama, offeredAt, community }: InvitedWanted): string {
  if (ama?.cancelled) return 'The AMA was cancelled'
  if (ama) return 'Your date is set'
  if (closedAt) return 'This invitation is over'
  return offeredAt ? 'You said yes' : `People of ${community.name} wish to ask you`
}

function leadOf({ joinCount, title }: InvitedWanted): string {
  return `${count(joinCount, 'person') ?? 'Nobody any more'} ${joinCount === 1 ? 'wants' : 'want'} “${title}”.`
}
