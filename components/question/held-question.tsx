import { Form, Submit, TextField } from '#components/ui/form.tsx'
import { Html } from '#components/ui/html.tsx'
import { Age } from '#components/ui/time.tsx'
import { letThroughAction, returnQuestionAction } from '#domain/question/actions.ts'
import type { HeldQuestion } from '#domain/question/queries.ts'

/** What waits for a host, who lets it through or gives it back with a reason. `page`: the one on which it stands. */
export function HeldQuestionRow({ question, page, now }: { question: HeldQuestion; page: string; now: Date }) {
  const { id, added, title, html, topic, askedTo, askedBy, heldAt } = question
  const here = (part: string) => `${page}#${part}-${id}`
  const what = added ? `added to ${title}` : title
  return (
    <li className="grid gap-4 py-7">
      <div>
        <h3 className="text-lg font-semibold leading-snug">{title}</h3>
        {html && <Html className={`prose mt-3 ${added ? 'border-s-2 border-line ps-4' : ''}`} html={html} />}
        <p className="mt-2 text-[0.95rem] text-soft">
          {added ? 'Added to a question' : 'Asked'} {askedBy && `by ${askedBy} `}
          {askedTo && `to ${askedTo} `}
          {topic && `on ${topic} `}
          <span aria-hidden="true">• </span>
          <Age at={heldAt} now={now} />
        </p>
      </div>
      <Form action={letThroughAction} permalink={here('through')}>
        <input type="hidden" name="id" value={id} />
        <Submit>
          Let it through<span className="sr-only">: {what}</span>
        </Submit>
      </Form>
      <Form action={returnQuestionAction} permalink={here('back')} className="grid grid-cols-1 justify-items-start gap-4">
        <input type="hidden" name="id" value={id} />
        <TextField
          id={`reason-${id}`}
          name="reason"
          label="Or give it back: why?"
          hint="The asker reads it, can change what you see here, and send it again."
          rows={2}
          maxLength={500}
        />
        <Submit quiet>
          Give it back<span className="sr-only">: {what}</span>
        </Submit>
      </Form>
    </li>
  )
}
