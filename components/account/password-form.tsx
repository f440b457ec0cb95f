import { Field, Form, Submit } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { signInWithPasswordAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

export function PasswordForm({ next }: { next: string | undefined }) {
  return (
    <Form action={signInWithPasswordAction} permalink={paths.signInPassword(next)}>
      <Field name="email" type="email" label="E-mail address" autoComplete="username" inputMode="email" maxLength={254} />
      <Field name="password" type="password" label="Password" autoComplete="current-password" />
      {next && <input type="hidden" name="next" value={next} />}
      <Honeypot />
      <Submit>Sign in</Submit>
    </Form>
  )
}
