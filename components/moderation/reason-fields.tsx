import { ChoiceField, TextField } from '#components/ui/form.tsx'

/** Why, as one of a list. `form` tells fields of several forms on a page apart. */
export function ReasonField({ form, label, list }: { form: string; label: string; list: Record<string, string> }) {
  return (
    <ChoiceField id={`${form}-reason`} name="reason" label={label} defaultValue="">
      <option value="">Choose one</option>
      {Object.entries(list).map(([code, text]) => (
        <option key={code} value={code}>
          {text}
        </option>
      ))}
    </ChoiceField>
  )
}

export function WordsField({ form, label, hint }: { form: string; label: string; hint: string }) {
  return <TextField id={`${form}-words`} name="words" label={label} hint={hint} rows={4} maxLength={1_000} />
}
