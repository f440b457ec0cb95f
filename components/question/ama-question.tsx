import { AnswerText } from '#components/answer/answer-text.tsx'
import { Byline } from '#components/answer/byline.tsx'
import { RequestButton } from '#components/question/request-button.tsx'
import { Requests } from '#components/question/requests.tsx'
import { Html } from '#components/ui/html.tsx'
import { Age } from '#components/ui/time.tsx'
import { Wire } from '#components/ui/wire.tsx'
import type { AmaPhase } from '#domain/ama/rules.ts'
import { whoAnswers } from '#domain/answer-lease/rules.ts'
import type { BecameView } from '#domain/closing/queries.ts'
import { becameText } from '#domain/closing/rules.ts'
import type { Local } from '#domain/local-word/rules.ts'
import type { PlacedQuestion } from '#domain/question/queries.ts'
import { clipped, isClipped } from '#lib/clip.ts'
import { count } from '#lib/count.ts'
import { markWords } from '#lib/mark-words.ts'
import { answerAnchor, paths } from '#lib/paths.ts'

type Props = {
  question: PlacedQuestion
  phase: AmaPhase
  /** The names of those who are answering it at this moment. */
  answering?: readonly string[] | undefined
  /** Those that are explained here. */
  words?: Local[]
  now: Date
  /** What became of it, in an AMA that is closed. */
  became?: BecameView
  community: string
}

/** A question on its AMA's page: number, title, details, the first answer's beginning, views, requests. */
export function AmaQuestion({ question, phase, answering, words = [], now, became, community }: Props) {
  const views = count(question.viewCount, 'View')
  return (
    // What components/live finds it by, and what of it changes by itself.
    <li
      className="grid gap-x-3 py-8 sm:grid-cols-[2.1rem_minmax(0,1fr)]"
      data-question={question.id}
      data-number={question.number}
      data-answers={question.answerCount}
    >
      <span className="pt-1 text-soft tabular-nums">{question.place}</span>
      <div className="min-w-0">
        {answering && (
          <p className="mb-1.5 flex items-center gap-2 text-[0.95rem] font-semibold text-warm" data-answering={question.id}>
            <Wire perched={1} live />
            {whoAnswers(answering)}
          </p>
        )}
        <h2 className="text-xl font-semibold leading-snug">
          <a className="quiet-link" href={paths.question(question.slug)}>
            {question.title}
          </a>
          {question.fresh && <span className="ml-3 align-middle text-sm font-semibold text-accent">New</span>}
        </h2>
        {question.detailsHtml && <Html className="prose mt-3 text-soft" html={question.detailsHtml} />}
        {question.askedBy && <p className="mt-2 text-sm text-soft">Asked by {question.askedBy}</p>}
        {question.sentInAt && <p className="mt-2 text-sm text-soft">Sent in</p>}
        <LeadAnswer question={question} words={words} now={now} />
        {phase === 'past' && !question.answerCount && (
          <p className="mt-3 text-[0.95rem] text-soft">
            {became ? becameText(became.became, { to: became.to, community }) : 'Not answered yet'}
          </p>
        )}
        <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2 text-[0.95rem] text-soft" data-acts="">
          {views && <span>{views}</span>}
          {became?.became !== 'closed' && <RequestButton question={question} />}
          <Requests question={question} />
          {question.answerCount > 1 && (
            <a className="text-link" href={paths.question(question.slug)}>
              All {count(question.answerCount, 'Answer')}
            </a>
          )}
        </div>
      </div>
    </li>
  )
}

function LeadAnswer({ question, words, now }: { question: PlacedQuestion; words: Local[]; now: Date }) {
  const { lead, leadHtml, leadAnswerId, leadAnsweredAt, leadPlaced, leadNow, leadChecked } = question
  if (!lead || !leadHtml || !leadAnswerId || !leadAnsweredAt) return null
  if (leadPlaced)
    return (
      <div className="mt-5">
        <Byline mentor={lead}>
          <Age at={leadAnsweredAt} now={now} />
        </Byline>
        <p className="mt-3">“{leadPlaced.line}”</p>
        <p className="mt-1 text-[0.95rem] text-soft">
          Covered by the answer to{' '}
          <a className="text-link" href={paths.answer(leadPlaced.slug, leadAnswerId)}>
            {leadPlaced.title}
          </a>
        </p>
      </div>
    )
  const whole = paths.answer(question.slug, leadAnswerId)
  const more = `<a class="more whitespace-nowrap font-sans text-[0.95rem] font-semibold text-accent" href="${whole}" data-read-more="">Read More<span class="sr-only"> of ${lead.name.replace(/[&<>"]/g, '')}’s answer</span></a>`
  return (
    <article
      id={answerAnchor(leadAnswerId)}
      data-answer={leadAnswerId}
      data-clipped={isClipped(leadHtml) ? '' : undefined}
      className="mt-5 scroll-mt-6"
    >
      <Byline mentor={{ ...lead, now: leadNow ?? undefined, checked: leadChecked }}>
        <Age at={leadAnsweredAt} now={now} />
      </Byline>
      <div className="mt-3">
        <AnswerText html={clipped(markWords(leadHtml, words, leadAnswerId), more)} />
      </div>
    </article>
  )
}
