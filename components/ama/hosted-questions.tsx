import { List } from '#components/ui/list.tsx'
import type { HostedQuestion } from '#domain/question/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

/** The questions of an AMA for its hosts, who may put them into other words until they are answered. */
export function HostedQuestions({ questions, next }: { questions: HostedQuestion[]; next: string | null }) {
  return (
    <List next={next} more="More questions" empty="Nobody has asked yet. You can put in what people asked you elsewhere.">
      {questions.map(({ id, slug, number, title, sentInAt, requestCount, answerCount }) => (
        <li key={id} className="py-4">
          <p>
            <span className="text-soft tabular-nums">{number}</span> {title}
          </p>
          <p className="mt-1 flex flex-wrap gap-x-5 text-sm text-soft">
            {sentInAt && <span>Sent in</span>}
            {requestCount > 0 && <span>{count(requestCount, 'request')}</span>}
            {answerCount > 0 ? (
              <span>{count(answerCount, 'answer')}</span>
            ) : (
              <a className="text-link" href={paths.editAmaQuestion(slug)}>
                Edit<span className="sr-only">: {title}</span>
              </a>
            )}
          </p>
        </li>
      ))}
    </List>
  )
}
