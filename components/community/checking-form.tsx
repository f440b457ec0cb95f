import { ChoiceField, Form, Submit } from '#components/ui/form.tsx'
import { setCheckingAction } from '#domain/community/actions.ts'
import { paths } from '#lib/paths.ts'

/** Whose questions a host looks at before others see them. */
export function CheckingForm({ community }: { community: { id: string; slug: string; checking: string } }) {
  return (
    <Form action={setCheckingAction} permalink={paths.checking(community.slug)}>
      <input type="hidden" name="id" value={community.id} />
      <ChoiceField
        name="checking"
        label="Questions that a host looks at first"
        hint="Until then only the asker and the hosts see them. What waits already goes on waiting."
        defaultValue={community.checking}
      >
        <option value="off">None</option>
        <option value="first">Everybody’s first question</option>
        <option value="all">All</option>
      </ChoiceField>
      <Submit>Save</Submit>
    </Form>
  )
}
