import { AddPicture, AnswerField } from '#components/answer/answer-field.tsx'
import { Field, Form, Submit } from '#components/ui/form.tsx'
import {
  editAnswerAction,
  publishAnswerAction,
  publishPreparedAction,
  removeVersionAction,
  takeBackAnswerAction,
} from '#domain/answer/actions.ts'
import type { Answering } from '#domain/answer-draft/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { answering: Answering }

/** An answer, or a change of the published one, as it is being written. */
export function WriteForm({ answering, prepares }: Props & { prepares: boolean }) {
  const { id, slug, answer, draft } = answering
  return (
    <Form action={answer ? editAnswerAction : publishAnswerAction} permalink={`${paths.answerQuestion(slug)}#write`}>
      <input type="hidden" name="question" value={id} />
      <input type="hidden" name="version" value={draft?.version ?? 0} />
      <input type="hidden" name="edits" value={answer?.edits ?? ''} />
      <AnswerField
        label={answer ? 'Your answer, changed' : 'Your answer'}
        defaultValue={draft?.body ?? answer?.body ?? ''}
        question={id}
        from={{ version: draft?.version ?? 0, window: draft?.windowKey ?? null, edits: answer?.edits ?? null }}
      />
      <AddPicture />
      {answer && (
        <Field
          name="reason"
          label="Why it is changed"
          hint="Stands in the history, beside what the answer said before."
          autoComplete="off"
          maxLength={200}
          optional
        />
      )}
      <div className="flex flex-wrap gap-3">
        <Submit name="do" value="publish">
          {answer ? 'Publish the change' : 'Publish now'}
        </Submit>
        {prepares && !answer && (
          <>
            <Submit name="do" value="start" quiet>
              Publish at the start
            </Submit>
            <Submit name="do" value="prepare" quiet>
              Keep as prepared
            </Submit>
          </>
        )}
        <Submit name="do" value="preview" quiet>
          Preview
        </Submit>
      </div>
    </Form>
  )
}

/** All that is prepared for an AMA, at once. */
export function PublishPreparedForm({ ama }: { ama: { id: string; slug: string } }) {
  return (
    <Form action={publishPreparedAction} permalink={`${paths.preparedAnswers(ama.slug)}#publish`}>
      <input type="hidden" name="ama" value={ama.id} />
      <Submit>Publish all prepared at once</Submit>
    </Form>
  )
}

type Own = { answer: string; slug: string }

export function TakeBackForm({ answer, slug, untold }: Own & { untold: boolean }) {
  return (
    <Form
      action={takeBackAnswerAction}
      permalink={`${paths.answerQuestion(slug)}#take-back`}
      className="grid grid-cols-1 justify-items-start gap-3"
    >
      <input type="hidden" name="id" value={answer} />
      <p>
        {untold
          ? 'Nobody is told of it in the first ten seconds. Taken back now, it leaves no trace.'
          : 'It goes for good, with its views, thanks and history, and whoever waited for it waits again. Its words stay with you as a draft.'}
      </p>
      <Submit quiet>Take it back</Submit>
    </Form>
  )
}

/** Of an earlier version; behind a press, since it cannot be undone. */
export function RemoveVersionForm({ answer, slug, number }: Own & { number: number }) {
  return (
    <details>
      <summary className="press press-quiet w-fit cursor-pointer">Remove this text</summary>
      <div className="pt-4">
        <Form
          action={removeVersionAction}
          permalink={`${paths.answerQuestion(slug)}#version-${number}`}
          className="grid grid-cols-1 justify-items-start gap-3"
        >
          <input type="hidden" name="id" value={answer} />
          <input type="hidden" name="number" value={number} />
          <Field
            id={`reason-${number}`}
            name="reason"
            label="Why it goes"
            hint="Stands in the history in its place. The text is gone for good."
            autoComplete="off"
            maxLength={200}
          />
          <Submit quiet>Remove it</Submit>
        </Form>
      </div>
    </details>
  )
}
