import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { TakeBackForm, WriteForm } from '#components/answer/answer-forms.tsx'
import { AnswerPreview } from '#components/answer/answer-preview.tsx'
import { AnsweringHead } from '#components/answer/answering-head.tsx'
import { OwnAnswer } from '#components/answer/own-answer.tsx'
import { PlacedHere } from '#components/answer/placed-here.tsx'
import { WhoAnswers } from '#components/answer/who-answers.tsx'
import { findPlacement, listVersions } from '#domain/answer/queries.ts'
import { isUntold } from '#domain/answer/rules.ts'
import { findAnswering } from '#domain/answer-draft/queries.ts'
import { canPrepare } from '#domain/answer-draft/rules.ts'
import { withOwnImages } from '#domain/answer-image/rules.ts'
import { othersAnswering } from '#domain/answer-lease/queries.ts'
import { getQueued } from '#domain/queue/queries.ts'
import { hasQueue } from '#domain/queue/rules.ts'
import { answerSentences, renderAnswer } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ done?: string | string[]; after?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Your answer', description: 'What you answer, or have answered.', path: paths.answerQuestion(slug) })
}

export default async function AnswerPage({ params, searchParams }: Props) {
  const now = new Date()
  const [viewer, { slug }, { done, after }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.answerQuestion(slug)))
  const answering = (await findAnswering(viewer, slug, now)) ?? (await movedOrNotFound('Question', slug, paths.answerQuestion))
  const { answer } = answering
  const [versions, others, placement, queued] = await Promise.all([
    answer ? listVersions(answer.id, after).then((list) => list ?? notFound()) : { rows: [], next: null },
    othersAnswering(answering.id, viewer.memberId, now),
    answer ? null : findPlacement(viewer, answering.id),
    !answer && hasQueue(viewer) ? getQueued(viewer, answering.slug, now) : null,
  ])
  const undo = done === 'published' && answer !== null && isUntold(answer, now)
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-8 sm:py-6">
      <AnsweringHead answering={answering} done={typeof done === 'string' ? done : undefined} now={now} />
      {undo && answer && <TakeBackForm answer={answer.id} slug={answering.slug} untold />}
      {done === 'preview' && answering.draft && <AnswerPreview html={withOwnImages(renderAnswer(answering.draft.body).html)} />}
      {!answer && <WhoAnswers slug={answering.slug} others={others} />}
      {placement && <PlacedHere placement={placement} question={answering.id} slug={answering.slug} />}
      {queued && (
        <p>
          <a className="text-link" href={`${paths.queued(answering.slug)}#place`}>
            Place an earlier answer
          </a>
        </p>
      )}
      {!answer?.hiddenAt && (
        <div id="write" className="scroll-mt-6">
          <WriteForm
            key={`${answer?.id} ${answer?.edits} ${done === 'joined' || done === 'image' ? answering.draft?.version : ''}`}
            answering={answering}
            prepares={canPrepare(answering, now)}
          />
        </div>
      )}
      <OwnAnswer answering={answering} versions={versions} sentences={answer ? answerSentences(answer.body) : []} now={now} undo={undo} />
    </div>
  )
}
