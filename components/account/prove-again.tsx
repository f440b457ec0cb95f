import { SignInWithPasskeyForm } from '#components/account/passkey-forms.tsx'
import { Form, Submit } from '#components/ui/form.tsx'
import { askForCodeAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

type Props = { email: string; hasPassword: boolean; hasPasskey: boolean; to: string; next: string }

/** In place of what is dangerous, when the last sign-in is more than minutes ago. Leads back to `next`. */
export function ProveAgain({ email, hasPassword, hasPasskey, to, next }: Props) {
  return (
    <>
      <p className="max-w-prose">
        To {to}, sign in once more first, so that nobody does it for you in a browser that you left open. A code goes to {email}.
      </p>
      <Form action={askForCodeAction} permalink={`${next}#elsewhere`}>
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="next" value={next} />
        <Submit>Send me a code</Submit>
      </Form>
      {hasPasskey && <SignInWithPasskeyForm next={next} permalink={next} />}
      {hasPassword && (
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.signInPassword(next)}>
            Sign in with my password instead
          </a>
        </p>
      )}
    </>
  )
}
