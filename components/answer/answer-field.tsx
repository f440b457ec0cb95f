import { TextField } from '#components/ui/form.tsx'

/** Where an answer is written. */
export function AnswerField({ label, defaultValue }: { label: string; defaultValue: string }) {
  return (
    <TextField
      name="body"
      label={label}
      hint="Markdown works: **bold**, - lists, > quotes, [links](https://example.org). Up to 30,000 characters."
      rows={16}
      defaultValue={defaultValue}
    />
  )
}
