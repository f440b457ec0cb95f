import { Form, Submit } from '#components/ui/form.tsx'
import { takePlacementBackAction } from '#domain/answer/actions.ts'
import type { findPlacement } from '#domain/answer/queries.ts'
import { paths } from '#lib/paths.ts'

type Placement = NonNullable<Awaited<ReturnType<typeof findPlacement>>>

/** That an earlier answer of the mentor's own stands on this question, and the way to take it away. */
export function PlacedHere({ placement, question, slug }: { placement: Placement; question: string; slug: string }) {
  const given = placement.answer.question
  return (
    <section aria-label="Your earlier answer" className="grid gap-4 rounded-lg border border-line p-5">
      <p>
        Your answer to{' '}
        <a className="text-link" href={paths.answerQuestion(given.slug)}>
          {given.title}
        </a>{' '}
        stands here: “{placement.line}” Publish another one, and it stands here in its place.
      </p>
      <Form action={takePlacementBackAction} permalink={`${paths.answerQuestion(slug)}#placed`}>
        <input type="hidden" name="question" value={question} />
        <Submit quiet>Take it away from here</Submit>
      </Form>
    </section>
  )
}
