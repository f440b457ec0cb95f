import { Field, Form, Submit } from '#components/ui/form.tsx'
import {
  beginAuthenticatorAction,
  confirmAuthenticatorAction,
  hideRecoveryCodesAction,
  proveSecondFactorAction,
  removeAuthenticatorAction,
  renewRecoveryCodesAction,
} from '#domain/authenticator/actions.ts'
import { paths } from '#lib/paths.ts'

const look = 'max-w-56 font-mono text-2xl tracking-[0.15em]'

/** The second step of signing in. */
export function SecondFactorForm({ next }: { next: string | undefined }) {
  return (
    <Form action={proveSecondFactorAction} permalink={paths.signInSecondFactor(next)}>
      <Field
        name="code"
        label="Code"
        hint="Six digits from the app, or the ten of a recovery code."
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={20}
        className={look}
      />
      <Submit>Continue</Submit>
    </Form>
  )
}

export function BeginAuthenticatorForm({ again }: { again?: true }) {
  return (
    <Form action={beginAuthenticatorAction} permalink={`${paths.settingsSecondFactor()}#begin`}>
      <Submit quiet={again}>{again ? 'Begin again with another key' : 'Set it up'}</Submit>
    </Form>
  )
}

export function ConfirmAuthenticatorForm() {
  return (
    <Form action={confirmAuthenticatorAction} permalink={`${paths.settingsSecondFactor()}#confirm`}>
      <Field
        name="code"
        label="The code that the app shows"
        hint="Six digits. With them you show that the app has the key."
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={20}
        className={look}
      />
      <Submit>Ask for a code from now on</Submit>
    </Form>
  )
}

export function RenewRecoveryCodesForm() {
  return (
    <Form action={renewRecoveryCodesAction} permalink={`${paths.settingsSecondFactor()}#renew`}>
      <Submit quiet>Make new recovery codes</Submit>
    </Form>
  )
}

export function HideRecoveryCodesForm() {
  return (
    <Form action={hideRecoveryCodesAction} permalink={paths.settingsRecoveryCodes()}>
      <Submit>I have kept them</Submit>
    </Form>
  )
}

export function RemoveAuthenticatorForm() {
  return (
    <Form action={removeAuthenticatorAction} permalink={`${paths.settingsSecondFactor()}#remove`}>
      <Submit quiet>Ask for no code any more</Submit>
    </Form>
  )
}
