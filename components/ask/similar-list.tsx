import { Form, Submit } from '#components/ui/form.tsx'
import { noteAnsweredAction } from '#domain/deflection/actions.ts'
import { paths } from '#lib/paths.ts'

/** A question or an answer that may already cover what somebody is about to ask. */
type Similar = { questionId: string; answerId: string | null; title: string; url: string; passage: string | null }
type Props = { similar: Similar[]; which: { draft?: string; place?: string } }

/** What is like a question, for those who see it as a step of its own. */
export function SimilarList({ similar, which }: Props) {
  return (
    <ul className="grid gap-6">
      {similar.map(({ questionId, answerId, title, url, passage }) => (
        <li key={questionId}>
          <a className="text-link font-semibold" href={url}>
            {title}
          </a>
          {passage && <p className="mt-1 font-serif">{passage}</p>}
          {answerId && (
            <Form action={noteAnsweredAction} permalink={`${paths.askCheck(which)}#answer-${answerId}`} className="mt-3">
              <input type="hidden" name="answer" value={answerId} />
              {which.draft && <input type="hidden" name="draft" value={which.draft} />}
              {which.place && <input type="hidden" name="place" value={which.place} />}
              <Submit quiet>
                This answers it<span className="sr-only">: {title}</span>
              </Submit>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}
