import { Field, Form, RadioField, Submit } from '#components/ui/form.tsx'
import { deleteAccountAction } from '#domain/own-data/actions.ts'
import { paths } from '#lib/paths.ts'

/** Plain: what comes back is a file, and the page stays. */
export function ArchiveForm() {
  return (
    <form action={paths.archive()} method="post">
      <button type="submit" className="button">
        Download my data
      </button>
    </form>
  )
}

export function DeleteAccountForm({ handle }: { handle: string }) {
  return (
    <Form action={deleteAccountAction} permalink={`${paths.settingsData()}#delete`}>
      <RadioField
        name="written"
        label="What becomes of what you wrote?"
        choices={{
          stays: 'It stays. Answers say “[deleted]” where your name was, and questions nothing.',
          goes: 'It goes too. Of a question that others have answered the title stays, since their answers need it.',
        }}
      />
      <Field name="handle" label="Your handle" hint={`Type ${handle} to say that you mean it.`} autoComplete="off" maxLength={120} />
      <Submit>Delete my account for good</Submit>
    </Form>
  )
}
