import type { ComponentProps } from 'react'
import { Field, Form, Submit } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { paths } from '#lib/paths.ts'

type Action = ComponentProps<typeof Form>['action']

/** `name`: what they are called elsewhere. */
export function NameForm({ action, siteName, name }: { action: Action; siteName: string; name?: string }) {
  return (
    <Form action={action} permalink={paths.signUp()}>
      <Field
        name="name"
        label="Your name"
        hint="Shown beside your answers, and beside your questions only where you want that."
        autoComplete="name"
        maxLength={100}
        defaultValue={name}
      />
      <Honeypot />
      <Submit>Join {siteName}</Submit>
    </Form>
  )
}
