import type { ReactNode } from 'react'
import { roleOrNothing } from '#components/mentor/mentor-row.tsx'
import { RequestButton } from '#components/question/request-button.tsx'
import { RequestCount } from '#components/question/requests.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { Age } from '#components/ui/time.tsx'
import type { QuestionRow as Question } from '#domain/question/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { question: Question; now: Date; words?: (text: string) => ReactNode; children?: ReactNode }

/**
 * A question in a list: how its first answer begins and who gave it, or how many wait. `children` stand in place of the requests,
 * where it is there for who answers.
 */
export function QuestionRow({ question, now, words = (text) => text, children }: Props) {
  const facts = [count(question.viewCount, 'View'), question.answerCount > 1 && count(question.answerCount, 'Answer')]
  return (
    <li className="py-6">
      <h3 className="text-lg font-semibold leading-snug">
        <a className="quiet-link" href={paths.question(question.slug)}>
          {words(question.title)}
        </a>
      </h3>
      {question.leadExcerpt && <p className="mt-2 font-serif leading-relaxed">{words(question.leadExcerpt)}</p>}
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
        {question.lead && question.leadAnsweredAt ? (
          <span className="flex items-center gap-2">
            <Avatar name={question.lead.name} portraitId={question.lead.portraitId} size="sm" />
            <span>
              <span className="font-medium text-ink">{question.lead.name}</span>
              {roleOrNothing(question.lead) && `, ${roleOrNothing(question.lead)}`} <span aria-hidden="true">• </span>
              <Age at={question.leadAnsweredAt} now={now} />
            </span>
          </span>
        ) : (
          <span>
            Not answered yet, asked <Age at={question.askedAt} now={now} /> ago
          </span>
        )}
        {facts.map((fact) => fact && <span key={fact}>{fact}</span>)}
        {children ?? (
          <>
            <RequestCount question={question} />
            <RequestButton question={question} />
          </>
        )}
      </div>
    </li>
  )
}
