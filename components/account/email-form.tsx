import { Field, Form, Submit } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { askForCodeAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

/** The way in for everybody, known or new: an address, to which a code goes. */
export function EmailForm({ next }: { next: string | undefined }) {
  return (
    <Form action={askForCodeAction} permalink={paths.signIn(next)}>
      <Field name="email" type="email" label="E-mail address" autoComplete="email" inputMode="email" maxLength={254} />
      {next && <input type="hidden" name="next" value={next} />}
      <Honeypot />
      <Submit>Send me a code</Submit>
    </Form>
  )
}
