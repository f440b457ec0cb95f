import { Form, Submit } from '#components/ui/form.tsx'
import { proveByLinkAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

/** Mail scanners open links, and press no buttons. */
export function LinkForm({ token }: { token: string }) {
  return (
    <Form action={proveByLinkAction} permalink={paths.signInLink(token)}>
      <input type="hidden" name="token" value={token} />
      <Submit>Continue</Submit>
    </Form>
  )
}
