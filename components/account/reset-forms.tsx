import { NewPasswordField } from '#components/account/new-password-field.tsx'
import { Field, Form, Submit } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { askForResetAction, resetPasswordAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

export function AskForResetForm() {
  return (
    <Form action={askForResetAction} permalink={paths.reset()}>
      <Field name="email" type="email" label="E-mail address" autoComplete="email" inputMode="email" maxLength={254} />
      <Honeypot />
      <Submit>Send me a link</Submit>
    </Form>
  )
}

export function ResetForm({ email, token }: { email: string; token: string }) {
  return (
    <Form action={resetPasswordAction} permalink={paths.resetLink(token)}>
      <input type="hidden" name="token" value={token} />
      {/* Password managers keep the password under this name. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField />
      <Submit>Set this password</Submit>
    </Form>
  )
}
