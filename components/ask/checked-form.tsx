import { Form, Submit } from '#components/ui/form.tsx'
import { askQuestionAction } from '#domain/draft/actions.ts'
import type { DraftView } from '#domain/draft/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = {
  draft: Omit<DraftView, 'version'>
  place: string
  which: { draft?: string; place?: string }
  signedIn: boolean
}

/** Asks what was written one step before. */
export function CheckedForm({ draft, place, which, signedIn }: Props) {
  return (
    <Form action={askQuestionAction} permalink={paths.askCheck(which)}>
      <input type="hidden" name="place" value={place} />
      <input type="hidden" name="title" value={draft.title} />
      <input type="hidden" name="details" value={draft.details} />
      <input type="hidden" name="topic" value={draft.topic} />
      {draft.showName && <input type="hidden" name="showName" value="on" />}
      {draft.askKey && <input type="hidden" name="key" value={draft.askKey} />}
      {which.draft && <input type="hidden" name="draft" value={which.draft} />}
      <input type="hidden" name="seen" value="on" />
      <Submit>{signedIn ? 'Ask it' : 'Sign in and ask it'}</Submit>
    </Form>
  )
}
