import { Press } from '#components/ui/press.tsx'
import type { AnswerView } from '#domain/answer/queries.ts'
import { firstName } from '#domain/member/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

const AFTER = ' found it helpful'

/** What readers can do with an answer. Its author can do none of it but take the link along. */
export function AnswerMarks({ answer, question }: { answer: AnswerView; question: string }) {
  const { id, name, handle, helpfulCount } = answer
  const about = handle ? `${name}’s answer` : 'this answer'
  const link = paths.answer(question, id)
  return (
    <>
      <Press
        of={`helpful:${id}`}
        action={paths.marks('helpful', id)}
        answers={{ pressed: 'marked', number: 'marks' }}
        own=""
        about={about}
        quiet
      >
        Helpful
      </Press>
      <span hidden={!helpfulCount} data-number-of={`helpful:${id}`} data-word="person" data-after={AFTER} data-count={helpfulCount}>
        <span data-words="">{helpfulCount > 0 && `${count(helpfulCount, 'person')}${AFTER}`}</span>
      </span>
      {handle && (
        <Press of={`thanks:${id}`} action={paths.marks('thanks', id)} answers={{ pressed: 'marked' }} own="" about={about} quiet some>
          Thank {firstName(name)}
        </Press>
      )}
      <Press of={`save:${id}`} action={paths.marks('save', id)} answers={{ pressed: 'marked' }} own="" about={about} quiet>
        Save
      </Press>
      <button type="button" data-needs-js="" data-copy={link} data-no-print="" className="press press-quiet">
        <span aria-live="polite">Copy link</span>
        <span className="sr-only">: {about}</span>
      </button>
      <button type="button" data-share={link} data-no-print="" hidden className="press press-quiet">
        Share<span className="sr-only">: {about}</span>
      </button>
    </>
  )
}
