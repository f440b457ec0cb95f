import { Field } from '#components/ui/form.tsx'

export function NewPasswordField() {
  return (
    <Field
      name="password"
      type="password"
      label="New password"
      hint="8 to 128 characters, any of them. A few words in a row are easy to keep in mind and hard to guess."
      autoComplete="new-password"
    />
  )
}
