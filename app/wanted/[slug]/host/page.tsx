import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { BroughtAlong } from '#components/wanted/brought-along.tsx'
import { EndWantedForm, InviteForm, LeaveOutForm } from '#components/wanted/invite-forms.tsx'
import { canHost } from '#domain/community/rules.ts'
import { notToInviteAmong } from '#domain/not-to-invite/queries.ts'
import { NOT_TO_INVITE } from '#domain/not-to-invite/rules.ts'
import { listTopics } from '#domain/topic/queries.ts'
import { findAbout } from '#domain/wanted/queries.ts'
import { getInvitedWanted, type InvitedWanted, standingOfYes } from '#domain/wanted-slot/queries.ts'
import { invitationText } from '#domain/wanted-slot/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { fullDate } from '#lib/time.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'The invitation', description: 'For hosts.', path: paths.hostedWanted(slug) })
}

export default async function HostedWantedPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.hostedWanted(slug)))
  const wanted = (await getInvitedWanted(slug)) ?? notFound()
  if (!canHost(viewer, wanted.community.id)) notFound()
  const [topics, about, { able, ahead }] = await Promise.all([
    listTopics(wanted.community.id),
    findAbout(wanted.id),
    standingOfYes(wanted.id, new Date()),
  ])
  const open = !wanted.closedAt
  const lost = wanted.offeredAt !== null && !(able && ahead)
  const [never] = about ? await notToInviteAmong([about.id]) : []
  const asked = wanted.mentor?.id
  return (
    <NarrowPage heading={wanted.title} lead={standingOf(wanted, lost)}>
      {done === 'invited' && (
        <p role="status" className="form-message">
          The invitation is on its way.
        </p>
      )}
      <p>
        <a className="text-link inline-flex min-h-11 items-center" href={paths.wantedThing(slug)}>
          Its page
        </a>
      </p>
      {about && never && (
        <p className="font-medium">
          {about.name} {NOT_TO_INVITE}.
        </p>
      )}
      {wanted.ama && (
        <p>
          <a className="button" href={paths.hostedAma(wanted.ama.slug)}>
            The AMA, for hosts
          </a>
        </p>
      )}
      {open && wanted.readyAt && (!wanted.offeredAt || lost) && (
        <section id="invite" className="grid gap-6">
          <h2 className="text-lg font-semibold">
            {asked || wanted.expiresAt ? 'Invite somebody else instead' : 'The invitation is ready'}
          </h2>
          <InviteForm
            wanted={wanted}
            topics={topics}
            who={about && !never && about.id !== asked ? about.handle : ''}
            text={invitationText(wanted, wanted.questions, viewer.name)}
          />
        </section>
      )}
      <BroughtAlong
        questions={wanted.questions}
        {...(open && {
          actions: (question, i) => <LeaveOutForm wanted={wanted} question={question} number={i} again={false} />,
        })}
      />
      {wanted.leftOut.length > 0 && (
        <Section heading="Left out">
          <List empty="">
            {wanted.leftOut.map((question, i) => (
              <li key={question} className="break-words py-3">
                {question}
                {open && <LeaveOutForm wanted={wanted} question={question} number={i} again />}
              </li>
            ))}
          </List>
        </Section>
      )}
      {open && (!wanted.offeredAt || lost) && (
        <section id="end" className="grid gap-6 border-t border-line pt-6">
          <h2 className="text-lg font-semibold">End it</h2>
          <EndWantedForm wanted={wanted} />
        </section>
      )}
    </NarrowPage>
  )
}

function standingOf(
  { closedAt, ama, readyAt, offeredAt, enough, threshold, joinCount, expiresAt, mentor }: InvitedWanted,
  lost: boolean,
): string {
  const people = count(joinCount, 'person') ?? 'Nobody'
  if (ama?.cancelled) return 'The AMA that came of it was cancelled.'
  if (ama) return 'The date is set, and announced. You can add an introduction to the AMA.'
  if (closedAt) return 'This is over: it did not come about.'
  if (!readyAt) return `${people} so far. From ${threshold} on an invitation is ready here.`
  if (mentor && lost) return `${people}. ${mentor.name} said yes, and none of the times can become the date any more.`
  if (mentor && offeredAt) return `${people}. ${mentor.name} said yes, and offers times. The first to which ${enough} can come is the date.`
  if (mentor) return `${people}. ${mentor.name} is invited.`
  if (expiresAt) return `${people}. Somebody is invited by mail; the link is good until ${fullDate(expiresAt)}.`
  return `${people}. Nobody is invited at the moment.`
}
