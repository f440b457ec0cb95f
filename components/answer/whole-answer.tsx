import { AnswerMarks } from '#components/answer/answer-marks.tsx'
import { AnswerText } from '#components/answer/answer-text.tsx'
import { Byline } from '#components/answer/byline.tsx'
import { ReportLink } from '#components/report/report-link.tsx'
import { ShortDate } from '#components/ui/time.tsx'
import type { AnswerView } from '#domain/answer/queries.ts'
import type { Local } from '#domain/local-word/rules.ts'
import { count } from '#lib/count.ts'
import { markWords } from '#lib/mark-words.ts'
import { answerAnchor, paths } from '#lib/paths.ts'

/** `words`: those that are explained in the AMA of its question. */
type Props = { answer: AnswerView; question: string; words: Local[]; now: Date }

/** An answer whole, on its question's page, with its own permalink. */
export function WholeAnswer({ answer, question, words, now }: Props) {
  const anchor = answerAnchor(answer.id)
  const views = count(answer.viewCount, 'View')
  return (
    <article id={anchor} data-answer={answer.id} className="scroll-mt-6 py-8">
      <Byline mentor={answer}>
        <a className="quiet-link" href={`#${anchor}`}>
          <ShortDate at={answer.answeredAt} now={now} />
        </a>
        {answer.editedAt && (
          <>
            {' '}
            <span aria-hidden="true">• </span>
            <a className="quiet-link" href={paths.answerHistory(answer.id)}>
              edited <ShortDate at={answer.editedAt} now={now} />
            </a>
          </>
        )}
      </Byline>
      {answer.placed && (
        <p className="mt-4 text-[0.95rem] text-soft">
          “{answer.placed.line}” Given to{' '}
          <a className="text-link" href={paths.answer(answer.placed.slug, answer.id)}>
            {answer.placed.title}
          </a>
        </p>
      )}
      <div className="mt-4">
        <AnswerText html={markWords(answer.html, words, answer.id)} />
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-1 text-[0.95rem] text-soft">
        {views && <span>{views}</span>}
        <AnswerMarks answer={answer} question={question} />
        <ReportLink thing="answer" id={answer.id} of={answer.handle ? `${answer.name}’s answer` : 'this answer'} />
      </div>
    </article>
  )
}
