import { ChoiceField, Form, Submit } from '#components/ui/form.tsx'
import { chooseNoticesAction, turnOffAction } from '#domain/notice/actions.ts'
import { type Kind, kinds, type Level } from '#domain/notice/rules.ts'
import { paths } from '#lib/paths.ts'

export function ReadAllForm() {
  return (
    <form method="post" action={paths.readNotices()}>
      <button type="submit" className="button button-quiet">
        Mark all as read
      </button>
    </form>
  )
}

/** What of each kind is to reach somebody. */
export function ChooseNoticesForm({ levels }: { levels: [Kind, Level][] }) {
  return (
    <Form action={chooseNoticesAction} permalink={paths.settingsNotices()}>
      {levels.map(([kind, level]) => (
        <ChoiceField key={kind} name={kind} label={kinds[kind].name} hint={kinds[kind].what} defaultValue={level}>
          <option value="mail">By mail and in the inbox</option>
          <option value="inbox">In the inbox</option>
          {'optional' in kinds[kind] && <option value="off">Not at all</option>}
        </ChoiceField>
      ))}
      <Submit>Save</Submit>
    </Form>
  )
}

export function TurnOffForm({ word }: { word: string }) {
  return (
    <Form action={turnOffAction} permalink={paths.unsubscribe(word)}>
      <input type="hidden" name="word" value={word} />
      <Submit>Send no more of these mails</Submit>
    </Form>
  )
}
