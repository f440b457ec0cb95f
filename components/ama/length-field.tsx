import { Field } from '#components/ui/form.tsx'

/** How long an AMA takes. */
export function LengthField({ minutes }: { minutes: number }) {
  return (
    <Field
      name="minutes"
      label="Length in minutes"
      type="number"
      inputMode="numeric"
      autoComplete="off"
      defaultValue={`${minutes}`}
      className="max-w-32"
    />
  )
}
