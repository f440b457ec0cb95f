import type { ReactNode } from 'react'
import { roleOrNothing } from '#components/mentor/mentor-row.tsx'
import { Age } from '#components/ui/time.tsx'
import type { AnswerRow as Answer } from '#domain/answer/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { answer: Answer; now: Date; named?: true; words?: (text: string) => ReactNode }

/** An answer in a list: the question it answers, how it begins, and the role held then. */
export function AnswerRow({ answer, now, named, words = (text) => text }: Props) {
  const views = count(answer.viewCount, 'View')
  return (
    <li className="py-6">
      <h3 className="text-lg font-semibold leading-snug">
        <a className="quiet-link" href={paths.answer(answer.question.slug, answer.id)}>
          {words(answer.question.title)}
        </a>
      </h3>
      <p className="mt-2 font-serif leading-relaxed">{words(answer.excerpt)}</p>
      <p className="mt-2 flex flex-wrap gap-x-4 text-sm text-soft">
        <span>
          {[named && answer.name, roleOrNothing(answer)].filter(Boolean).join(', ')} <span aria-hidden="true">• </span>
          <Age at={answer.answeredAt} now={now} />
        </span>
        {views && <span>{views}</span>}
      </p>
    </li>
  )
}
