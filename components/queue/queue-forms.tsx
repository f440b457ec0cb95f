import { ChoiceField, Field, Form, Submit, TextField } from '#components/ui/form.tsx'
import { byline } from '#domain/member/rules.ts'
import {
  askBackAction,
  declineAction,
  deferAction,
  handOverAction,
  placeEarlierAction,
  restoreAction,
  skipAction,
} from '#domain/queue/actions.ts'
import type { Colleague } from '#domain/queue/queries.ts'
import { DEFER_DAYS } from '#domain/queue/rules.ts'
import type { OwnAlike } from '#domain/similar/queries.ts'
import { shortened } from '#lib/clip.ts'
import { paths, type QueueWhere } from '#lib/paths.ts'

type Of = { question: { id: string; slug: string; title: string }; where: QueueWhere }

export function SkipForm({ question, where }: Of) {
  return (
    <Form action={skipAction} permalink={`${paths.queue(where)}#skip-${question.id}`} className="grid gap-3">
      <Which question={question} where={where} />
      <Submit quiet>
        Skip<span className="sr-only">: {question.title}</span>
      </Submit>
    </Form>
  )
}

export function RestoreForm({ question, where, children }: Of & { children: string }) {
  return (
    <Form action={restoreAction} permalink={`${paths.queue(where)}#restore-${question.id}`} className="grid gap-3">
      <Which question={question} where={where} />
      <Submit quiet>
        {children}
        <span className="sr-only">: {question.title}</span>
      </Submit>
    </Form>
  )
}

export function DeferForm({ question, where }: Of) {
  return (
    <Form action={deferAction} permalink={here(question, where, 'defer')}>
      <Which question={question} where={where} />
      <Field name="until" type="date" label="Back on" autoComplete="off" hint={`At most ${DEFER_DAYS} days from now.`} />
      <Submit quiet>Put it off</Submit>
    </Form>
  )
}

export function DeclineForm({ question, where, hint }: Of & { hint: string }) {
  return (
    <Form action={declineAction} permalink={here(question, where, 'decline')}>
      <Which question={question} where={where} />
      <TextField name="reason" label="Why not?" hint={hint} rows={2} maxLength={500} />
      <Submit quiet>Decline it</Submit>
    </Form>
  )
}

export function HandOverForm({ question, where, colleagues }: Of & { colleagues: Colleague[] }) {
  return (
    <Form action={handOverAction} permalink={here(question, where, 'hand-over')}>
      <Which question={question} where={where} />
      <ChoiceField name="to" label="To whom?" hint="They are told that it comes from you.">
        <option value="">Choose a mentor</option>
        {colleagues.map((mentor) => (
          <option key={mentor.id} value={mentor.id}>
            {[mentor.name, byline(mentor, '')].filter(Boolean).join(', ')}
          </option>
        ))}
      </ChoiceField>
      <Submit quiet>Hand it over</Submit>
    </Form>
  )
}

export function PlaceForm({ question, where, earlier }: Of & { earlier: OwnAlike[] }) {
  return (
    <Form action={placeEarlierAction} permalink={here(question, where, 'place')}>
      <Which question={question} where={where} />
      <ChoiceField
        name="answer"
        label="Which answer of yours?"
        hint="Those most like this question come first. It stays one answer: edited once, it is edited everywhere."
      >
        <option value="">Choose an answer</option>
        {earlier.map(({ id, title, excerpt }) => (
          <option key={id} value={id}>
            {`${title} – ${shortened(excerpt, 60)}`}
          </option>
        ))}
      </ChoiceField>
      <Field
        id="placed-line"
        name="line"
        label="Why it fits here, in one line"
        autoComplete="off"
        maxLength={200}
        hint="It stands above the answer: “same point, for small teams”."
        className="w-full"
      />
      <Submit quiet>Place it here</Submit>
    </Form>
  )
}

export function AskBackForm({ question, where }: Of) {
  return (
    <Form action={askBackAction} permalink={here(question, where, 'ask-back')}>
      <Which question={question} where={where} />
      <TextField
        name="line"
        label="What do you need to know?"
        hint="Only the asker reads it, with your name. The question is back when the asker has replied."
        rows={2}
        maxLength={500}
      />
      <Submit quiet>Ask the asker</Submit>
    </Form>
  )
}

const here = ({ slug }: Of['question'], where: QueueWhere, part: string) => `${paths.queued(slug, where)}#${part}`

/** What it is about, and which part of the queue one goes back to. */
function Which({ question, where: { from, order } }: Of) {
  return (
    <>
      <input type="hidden" name="id" value={question.id} />
      {from && <input type="hidden" name="from" value={from} />}
      {order && <input type="hidden" name="order" value={order} />}
    </>
  )
}
