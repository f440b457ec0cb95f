import { CheckField, Form, Submit, TextField } from '#components/ui/form.tsx'
import { clarifyQuestionAction, editQuestionAction, showNameAction, withdrawQuestionAction } from '#domain/question/actions.ts'
import type { OwnQuestion } from '#domain/question/queries.ts'
import { CLARIFICATIONS } from '#domain/question/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = { question: OwnQuestion }

const here = ({ slug }: OwnQuestion, part: string) => `${paths.myQuestion(slug)}#${part}`

/** `late`: it can no longer be changed, and whoever was just doing so reads that, with what was typed. */
export function EditQuestionForm({ question, late }: Props & { late?: true }) {
  return (
    <Form action={editQuestionAction} permalink={here(question, 'change')} onceSent={late}>
      <input type="hidden" name="id" value={question.id} />
      <TextField name="title" label="Your question" rows={2} maxLength={300} defaultValue={question.title} />
      <TextField name="details" label="Details" hint="Markdown works." rows={6} maxLength={5_000} defaultValue={question.details ?? ''} />
      <Submit>{question.returnedAt ? 'Send it again' : 'Save the question'}</Submit>
    </Form>
  )
}

export function ClarifyForm({ question }: Props) {
  const returned = question.clarifications.find(({ returnReason }) => returnReason)
  if (question.clarifications.length >= CLARIFICATIONS && !returned) return null
  return (
    <Form action={clarifyQuestionAction} permalink={here(question, 'add')}>
      <input type="hidden" name="id" value={question.id} />
      <TextField
        name="text"
        label="Add something"
        hint="It stands below the details, with its date. Others want this question answered or have answered it, so what it says stays."
        rows={4}
        maxLength={2_000}
        defaultValue={returned?.body}
      />
      <Submit>{returned ? 'Send it again' : 'Add it'}</Submit>
    </Form>
  )
}

export function ShowNameForm({ question }: Props) {
  return (
    <Form action={showNameAction} permalink={here(question, 'name')} className="grid grid-cols-1 justify-items-start gap-3">
      <input type="hidden" name="id" value={question.id} />
      <CheckField name="showName" label="Show my name" defaultChecked={question.showName} />
      <Submit quiet>Save</Submit>
    </Form>
  )
}

export function WithdrawForm({ question }: Props) {
  return (
    <Form action={withdrawQuestionAction} permalink={here(question, 'withdraw')} className="grid grid-cols-1 justify-items-start gap-3">
      <input type="hidden" name="id" value={question.id} />
      <p>It is deleted, with the requests it has. Nobody can bring it back.</p>
      <Submit quiet>Withdraw the question</Submit>
    </Form>
  )
}
