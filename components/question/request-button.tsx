import { Press } from '#components/ui/press.tsx'
import { requestLabel } from '#domain/answer-request/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = { question: { id: string; slug: string; title: string; answerCount: number } }

/** "Request answer", or another one. Its asker sees "You asked this" in its place. */
export function RequestButton({ question }: Props) {
  return (
    <Press
      of={`request:${question.id}`}
      action={paths.requests(question.slug)}
      answers={{ pressed: 'requested', number: 'requests' }}
      own="You asked this"
      about={question.title}
      quiet={question.answerCount > 0}
      steady={question.answerCount > 0}
    >
      {requestLabel(question)}
    </Press>
  )
}
