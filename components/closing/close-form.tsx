import { CheckField, Form, Submit, TextField } from '#components/ui/form.tsx'
import { closeAmaAction } from '#domain/closing/actions.ts'
import type { Closable, Undecided } from '#domain/closing/queries.ts'
import { notHereField } from '#domain/closing/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { ama: Pick<Closable, 'id' | 'slug' | 'community'>; undecided: Undecided[] }

/** Closes an AMA, and asks once about the questions of which nothing has become yet. */
export function CloseForm({ ama, undecided }: Props) {
  return (
    <Form action={closeAmaAction} permalink={`${paths.closeAma(ama.slug)}#close`}>
      <input type="hidden" name="id" value={ama.id} />
      {undecided.length > 0 && (
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-semibold">Not answered here</legend>
          <p className="mb-2 text-sm text-soft">
            These have no answer. Each stays open to the mentors of {ama.community}, with all who wait. Tick those that nobody is to answer
            any more.
          </p>
          {undecided.map(({ id, title, waitingCount }) => (
            <CheckField
              key={id}
              name={notHereField(id)}
              label={waitingCount ? `${title} (${count(waitingCount, 'person')} ${waitingCount === 1 ? 'waits' : 'wait'})` : title}
              defaultChecked={false}
            />
          ))}
        </fieldset>
      )}
      <TextField
        name="note"
        label="Closing note"
        hint="What you want to say at the end, perhaps with links. Markdown works. It stands on the page of the AMA; leave it empty if there is nothing."
        rows={5}
        maxLength={5_000}
      />
      <Submit>Close the AMA</Submit>
    </Form>
  )
}
