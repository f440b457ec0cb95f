import { CheckField, Form, Submit, TextField } from '#components/ui/form.tsx'
import { acceptAmaAction, cancelAmaAction, declineAmaAction, publishAmaAction } from '#domain/ama/actions.ts'
import { editAmaQuestionAction, sendInAction } from '#domain/question/actions.ts'
import type { HostedQuestion } from '#domain/question/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { ama: { id: string; slug: string } }

export function PublishForm({ ama }: Props) {
  return (
    <Form action={publishAmaAction} permalink={`${paths.hostedAma(ama.slug)}#publish`}>
      <input type="hidden" name="id" value={ama.id} />
      <Submit>Publish it now</Submit>
    </Form>
  )
}

export function CancelForm({ ama, published }: Props & { published: boolean }) {
  return (
    <Form action={cancelAmaAction} permalink={`${paths.hostedAma(ama.slug)}#cancel`}>
      <input type="hidden" name="id" value={ama.id} />
      <p>
        {published
          ? 'Everybody concerned is told. Its page stays and says so, and what was asked stays open in the community.'
          : 'Those whom it invites are told. Nobody else ever saw it.'}{' '}
        It cannot be taken back.
      </p>
      <CheckField name="sure" label="Yes, cancel it" defaultChecked={false} />
      <Submit quiet>Cancel this AMA</Submit>
    </Form>
  )
}

export function SendInForm({ ama }: Props) {
  return (
    <Form action={sendInAction} permalink={`${paths.hostedAma(ama.slug)}#send-in`}>
      <input type="hidden" name="ama" value={ama.id} />
      <TextField
        name="titles"
        label="Questions gathered elsewhere"
        hint="One a line, of 10 to 300 characters. They stand there as “sent in”. What is there already stays as it is."
        rows={5}
      />
      <Submit>Put them in</Submit>
    </Form>
  )
}

export function AcceptForm({ ama }: Props) {
  return (
    <Form action={acceptAmaAction} permalink={`${paths.amaInvitation(ama.slug)}#accept`}>
      <input type="hidden" name="id" value={ama.id} />
      <Submit>Yes, I hold it</Submit>
    </Form>
  )
}

export function DeclineForm({ ama }: Props) {
  return (
    <Form action={declineAmaAction} permalink={`${paths.amaInvitation(ama.slug)}#decline`}>
      <input type="hidden" name="id" value={ama.id} />
      <TextField
        name="words"
        label="A word to the host"
        hint="What would suit you better? The hosts of this AMA alone read it."
        rows={3}
        maxLength={500}
      />
      <Submit quiet>No, not this time</Submit>
    </Form>
  )
}

export function EditAmaQuestionForm({ question }: { question: Pick<HostedQuestion, 'id' | 'slug' | 'title' | 'details'> }) {
  return (
    <Form action={editAmaQuestionAction} permalink={paths.editAmaQuestion(question.slug)}>
      <input type="hidden" name="id" value={question.id} />
      <TextField name="title" label="The question" rows={2} maxLength={300} defaultValue={question.title} />
      <TextField name="details" label="Details" hint="Markdown works." rows={6} maxLength={5_000} defaultValue={question.details ?? ''} />
      <Submit>Save the question</Submit>
    </Form>
  )
}
