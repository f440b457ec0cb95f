import { Field, Form, Submit } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { signUpAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

export function NameForm({ siteName }: { siteName: string }) {
  return (
    <Form action={signUpAction} permalink={paths.signUp()}>
      <Field
        name="name"
        label="Your name"
        hint="Shown beside your answers, and beside your questions only where you want that."
        autoComplete="name"
        maxLength={100}
      />
      <Honeypot />
      <Submit>Join {siteName}</Submit>
    </Form>
  )
}
