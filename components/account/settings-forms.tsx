import { NewPasswordField } from '#components/account/new-password-field.tsx'
import { Field, Form, Submit } from '#components/ui/form.tsx'
import { changeEmailAction, changePasswordAction, confirmEmailAction } from '#domain/account/actions.ts'
import { endOtherSessionsAction, signOutAction } from '#domain/session/actions.ts'
import { paths } from '#lib/paths.ts'

/** Who has a password says it again; who has none sets the first. */
export function ChangePasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  return (
    <Form action={changePasswordAction} permalink={paths.settingsPassword()}>
      {/* Password managers keep the password under this name. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {hasPassword && <Field name="current" type="password" label="Present password" autoComplete="current-password" />}
      <NewPasswordField />
      <Submit>{hasPassword ? 'Change my password' : 'Set this password'}</Submit>
    </Form>
  )
}

export function ChangeEmailForm() {
  return (
    <Form action={changeEmailAction} permalink={paths.settingsEmail()}>
      <Field name="email" type="email" label="New e-mail address" autoComplete="email" inputMode="email" maxLength={254} />
      <Submit>Send a link there</Submit>
    </Form>
  )
}

export function ConfirmEmailForm({ token }: { token: string }) {
  return (
    <Form action={confirmEmailAction} permalink={paths.settingsEmailLink(token)}>
      <input type="hidden" name="token" value={token} />
      <Submit>Make it my address</Submit>
    </Form>
  )
}

export function EndOtherSessionsForm() {
  return (
    <Form action={endOtherSessionsAction} permalink={`${paths.settings()}#elsewhere`}>
      <Submit quiet>Sign out everywhere else</Submit>
    </Form>
  )
}

export function SignOutForm() {
  return (
    <Form action={signOutAction} permalink={`${paths.settings()}#here`}>
      <Submit quiet>Sign out here</Submit>
    </Form>
  )
}
