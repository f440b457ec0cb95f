import type { Metadata } from 'next'
import { cache } from 'react'
import { AmaPhaseMark } from '#components/ama/ama-phase.tsx'
import { AmaDate } from '#components/ama/ama-when.tsx'
import { LiveMark } from '#components/ama/live.tsx'
import { PresentFoot, PresentKeys } from '#components/ama/present-foot.tsx'
import { PresentedQuestion } from '#components/ama/presented-question.tsx'
import { getAma } from '#domain/ama/queries.ts'
import { amaPhase, amaTitle } from '#domain/ama/rules.ts'
import { newestEvent } from '#domain/ama-event/queries.ts'
import { listBeingAnswered } from '#domain/answer-lease/queries.ts'
import { getPresented } from '#domain/question/queries.ts'
import { At } from '#domain/question/rules.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'

/** `at` is the number of a question; `upto` is asked for by components/live: a page no older than this event. */
type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ at?: string | string[] }> }

const load = cache(async (slug: string) => (await getAma(slug)) ?? movedOrNotFound('Ama', slug, paths.presentAma))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const ama = await load((await params).slug)
  return personalMetadata({
    title: `On the projector: ${amaTitle(ama.mentors, ama.topic.name)}`,
    description: 'The question that is being answered, and the next ones, in large type.',
    path: paths.presentAma(ama.slug),
  })
}

export default async function PresentPage({ params, searchParams }: Props) {
  const now = new Date()
  const [{ slug }, { at: asked }] = await Promise.all([params, searchParams])
  const ama = await load(slug)
  const phase = amaPhase(ama, now)
  const at = At.parse(asked)
  // Before the questions: what happens meanwhile is told again, and nothing is missed.
  const event = await newestEvent(ama.id)
  const answering = phase === 'live' ? await listBeingAnswered(ama.id, now) : []
  const numbers = answering.map(({ number }) => number)
  const presented = await getPresented(ama.id, numbers, at)
  const by = answering.find(({ id }) => id === presented.current?.id)?.by
  return (
    <div data-present="" className="present">
      <LiveMark ama={ama} event={event} now={now} />
      <header className="flex flex-wrap items-baseline gap-x-[1.5em] gap-y-1">
        <h1 className="present-small font-semibold">{amaTitle(ama.mentors, ama.topic.name)}</h1>
        <p className="present-small flex flex-wrap items-baseline gap-x-[1.5em] text-soft">
          <span data-live-part="phase">
            <AmaPhaseMark ama={ama} now={now} />
          </span>
          <span data-live-part="when">
            <AmaDate ama={ama} />
          </span>
          <span data-live-here="" hidden />
        </p>
      </header>
      <PresentedQuestion presented={presented} answering={by} ama={ama} address={env().SITE_URL + paths.ama(ama.slug)} />
      <PresentFoot slug={ama.slug} presented={presented} chosen={at !== undefined} />
      <PresentKeys />
    </div>
  )
}
