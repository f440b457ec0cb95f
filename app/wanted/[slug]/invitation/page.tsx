import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { BroughtAlong } from '#components/wanted/brought-along.tsx'
import { DeclineWantedForm } from '#components/wanted/invite-forms.tsx'
import { getInvitedWanted } from '#domain/wanted/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'An invitation', description: 'People wish to ask you.', path: paths.wantedInvitation(slug) })
}

export default async function WantedInvitationPage({ params }: Props) {
  const [viewer, { slug }] = await Promise.all([currentViewer(), params])
  if (!viewer) redirect(paths.signIn(paths.wantedInvitation(slug)))
  const wanted = (await getInvitedWanted(slug)) ?? notFound()
  if (wanted.mentor?.id !== viewer.memberId) notFound()
  const { community, invitationText, joinCount, questions, closedAt } = wanted
  return (
    <NarrowPage
      heading={closedAt ? 'This invitation is over' : `People of ${community.name} wish to ask you`}
      lead={`${count(joinCount, 'person')} want “${wanted.title}”.`}
    >
      {invitationText && <p className="whitespace-pre-wrap break-words border-l-2 border-line pl-4">{invitationText}</p>}
      <BroughtAlong questions={questions} />
      {!closedAt && (
        <section id="decline" className="border-t border-line pt-6">
          <DeclineWantedForm wanted={wanted} />
        </section>
      )}
    </NarrowPage>
  )
}
