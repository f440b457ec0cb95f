import type { PreparedRow as Row } from '#domain/answer-draft/queries.ts'
import { whoAnswers } from '#domain/answer-lease/rules.ts'
import { paths } from '#lib/paths.ts'

/** A question of one's AMA, with how far one's answer to it is. */
export function PreparedRow({ question, others }: { question: Row; others: string[] }) {
  return (
    <li className="py-4">
      <a className="quiet-link text-lg font-semibold" href={paths.answerQuestion(question.slug)}>
        {question.title}
      </a>
      <p className="mt-1 text-[0.95rem] text-soft">{standing(question)}</p>
      {others.length > 0 && <p className="mt-1 text-[0.95rem] font-semibold text-warm">{whoAnswers(others)}</p>}
    </li>
  )
}

function standing({ answered, begun, preparedAt, atStart }: Row): string {
  if (answered) return 'You have answered it.'
  if (preparedAt) return atStart ? 'Prepared. Published when the AMA starts.' : 'Prepared.'
  return begun === null ? 'Not begun.' : 'Begun.'
}
