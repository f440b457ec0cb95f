import { AnswerText } from '#components/answer/answer-text.tsx'
import { Byline } from '#components/answer/byline.tsx'
import { RequestButton } from '#components/question/request-button.tsx'
import { Requests } from '#components/question/requests.tsx'
import { HtmlOnce } from '#components/ui/html-once.tsx'
import { Age } from '#components/ui/time.tsx'
import type { AmaPhase } from '#domain/ama/rules.ts'
import type { PlacedQuestion } from '#domain/question/queries.ts'
import { clipped, isClipped } from '#lib/clip.ts'
import { count } from '#lib/count.ts'
import { answerAnchor, paths } from '#lib/paths.ts'

type Props = { question: PlacedQuestion; phase: AmaPhase; now: Date }

/** A question on its AMA's page: number, title, details, the first answer's beginning, views, requests. */
export function AmaQuestion({ question, phase, now }: Props) {
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
        <h2 className="text-xl font-semibold leading-snug">
          <a className="quiet-link" href={paths.question(question.slug)}>
            {question.title}
          </a>
          {question.fresh && <span className="ml-3 align-middle text-sm font-semibold text-accent">New</span>}
        </h2>
        {question.detailsHtml && <HtmlOnce className="prose mt-3 text-soft" html={question.detailsHtml} />}
        {question.askedBy && <p className="mt-2 text-sm text-soft">Asked by {question.askedBy}</p>}
        {question.sentInAt && <p className="mt-2 text-sm text-soft">Sent in</p>}
        <LeadAnswer question={question} now={now} />
        {phase === 'past' && !question.answerCount && <p className="mt-3 text-[0.95rem] text-soft">Not answered yet</p>}
        <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2 text-[0.95rem] text-soft" data-acts="">
          {views && <span>{views}</span>}
          <RequestButton question={question} />
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

function LeadAnswer({ question, now }: { question: PlacedQuestion; now: Date }) {
  const { lead, leadHtml, leadNow, leadChecked, leadAnswerId, leadAnsweredAt } = question
  if (!lead || !leadHtml || !leadAnswerId || !leadAnsweredAt) return null
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
        <AnswerText html={clipped(leadHtml, more)} />
      </div>
    </article>
  )
}
