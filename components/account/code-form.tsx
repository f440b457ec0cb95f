import { Field, Form, Submit } from '#components/ui/form.tsx'
import { proveByCodeAction } from '#domain/account/actions.ts'
import { paths } from '#lib/paths.ts'

export function CodeForm({ next }: { next: string | undefined }) {
  return (
    <Form action={proveByCodeAction} permalink={paths.signInCode(next)}>
      <Field
        name="code"
        label="Code"
        hint="Six digits. Spaces between them do no harm."
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={20}
        className="max-w-48 font-mono text-2xl tracking-[0.2em]"
      />
      <Submit>Continue</Submit>
    </Form>
  )
}
