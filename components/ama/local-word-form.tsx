import { Field, Form, Submit } from '#components/ui/form.tsx'
import { defineWordAction } from '#domain/local-word/actions.ts'
import type { Local } from '#domain/local-word/rules.ts'
import { paths } from '#lib/paths.ts'

/** A word with what it means, to be changed or removed; without one, a new one. `place` tells the forms of a page apart. */
export function LocalWordForm({ ama, local, place }: { ama: { id: string; slug: string }; local?: Local; place: string }) {
  return (
    <Form action={defineWordAction} permalink={`${paths.localWords(ama.slug)}#word-${place}`}>
      <input type="hidden" name="ama" value={ama.id} />
      <input type="hidden" name="was" value={local?.word ?? ''} />
      <Field
        id={`word-${place}`}
        name="word"
        label="Word"
        {...(local ? {} : { hint: 'As you write it in your answers: TPM.' })}
        defaultValue={local?.word}
        maxLength={40}
        autoComplete="off"
      />
      <Field
        id={`means-${place}`}
        name="means"
        label="What it means here"
        {...(local ? {} : { hint: 'A word or a few: PM-T, the technical product manager of a team.' })}
        defaultValue={local?.means}
        maxLength={120}
        autoComplete="off"
      />
      <div className="flex flex-wrap gap-3">
        {local ? (
          <>
            <Submit name="do" value="save" quiet>
              Save
            </Submit>
            <Submit name="do" value="remove" quiet>
              Remove
            </Submit>
          </>
        ) : (
          <Submit name="do" value="save">
            Add it
          </Submit>
        )}
      </div>
    </Form>
  )
}
