import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { PressPage } from '#components/ui/press-page.tsx'
import { AttachQuestionForm, PickSlotsForm, WithdrawForm } from '#components/wanted/wanted-forms.tsx'
import { getOwnWanted, type OwnWanted } from '#domain/wanted/queries.ts'
import { QUESTION_FIRST } from '#domain/wanted/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ refused?: string | string[]; done?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'What you wish for', description: 'Whether you have joined.', path: paths.ownWanted(slug) })
}

export default async function JoinPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { refused, done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.ownWanted(slug)))
  const wanted = (await getOwnWanted(viewer, slug)) ?? notFound()
  const button = { action: paths.wantedJoins(slug), pressed: wanted.joined, press: 'I want this too' }
  const open = !wanted.closedAt
  return (
    <div className="grid gap-8">
      <PressPage
        heading={headingOf(wanted)}
        about={{ title: wanted.title, href: paths.wantedThing(slug) }}
        number={count(wanted.joinCount, 'person')}
        refused={refused}
        {...(wanted.question && { conflict: QUESTION_FIRST })}
        button={wanted.own || !open ? null : button}
      >
        {done === 'saved' && open ? `Saved. ${whatFollows(wanted)}` : whatFollows(wanted)}
      </PressPage>
      {wanted.ama && (
        <p className="mx-auto w-full max-w-xl">
          <a className="button" href={paths.ama(wanted.ama.slug)}>
            The AMA on {wanted.ama.topic}
          </a>
        </p>
      )}
      {wanted.joined && open && wanted.slots.length > 0 && (
        <div id="slots" className="mx-auto w-full max-w-xl">
          <PickSlotsForm wanted={wanted} slots={wanted.slots} />
        </div>
      )}
      {wanted.joined && open && (
        <div id="bring" className="mx-auto w-full max-w-xl">
          <AttachQuestionForm wanted={wanted} question={wanted.question} />
        </div>
      )}
      {wanted.withdrawable && open && (
        <div id="withdraw" className="mx-auto w-full max-w-xl border-t border-line pt-6">
          <WithdrawForm wanted={wanted} />
        </div>
      )}
    </div>
  )
}

function whatFollows({ ama, closedAt, offeredAt, enough }: OwnWanted): string {
  if (ama?.cancelled) return 'The AMA that came of it was cancelled.'
  if (ama) return 'It came about. You are reminded before it begins.'
  if (closedAt) return 'It did not come about.'
  if (offeredAt) return `Somebody said yes. The first time to which ${enough} people can come becomes the date.`
  return 'When enough people want it, the hosts invite somebody. You hear what becomes of it.'
}

function headingOf({ own, joined }: OwnWanted): string {
  if (own) return 'You asked for this'
  return joined ? 'You want this too' : 'You have not joined this'
}
