import { AmaWhen } from '#components/ama/ama-when.tsx'
import { CheckField, ChoiceField, Field, Form, Submit, TextField } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { askForWantedAction, attachQuestionAction, withdrawWantedAction } from '#domain/wanted/actions.ts'
import type { SlotView } from '#domain/wanted/queries.ts'
import { QUESTIONS } from '#domain/wanted/rules.ts'
import { pickSlotsAction } from '#domain/wanted-slot/actions.ts'
import { paths } from '#lib/paths.ts'

type NewProps = {
  community: { id: string }
  /** What was typed before, or what a link suggests. */
  typed: { kind?: string; title?: string; why?: string | null }
  /** The word under which it waits, once what is like it was shown. */
  draft?: string
  /** The address of this page, where the form comes back to. */
  here: string
  signedIn: boolean
}

/** A topic or a mentor to ask for, whole: whoever is not signed in does so last. */
export function NewWantedForm({ community, typed, draft, here, signedIn }: NewProps) {
  return (
    <Form action={askForWantedAction} permalink={here}>
      <input type="hidden" name="community" value={community.id} />
      {draft && <input type="hidden" name="draft" value={draft} />}
      {draft && <input type="hidden" name="seen" value="on" />}
      <ChoiceField name="kind" label="What is missing?" defaultValue={typed.kind ?? 'topic'}>
        <option value="topic">A topic</option>
        <option value="mentor">A mentor</option>
      </ChoiceField>
      <Field
        name="title"
        label="Which topic, or who?"
        hint="A topic in a few words. Of a mentor the role, the company or the name, or @handle of somebody who is here."
        autoComplete="off"
        maxLength={100}
        defaultValue={typed.title}
      />
      <TextField
        name="why"
        label="Why"
        hint="If you like: what is it that you would ask then?"
        rows={5}
        maxLength={2_000}
        defaultValue={typed.why ?? ''}
      />
      <p className="text-sm text-soft">
        Everybody reads it, and nobody sees that it was you. If somebody reports it a moderator can look it up, and that is logged.
      </p>
      <Honeypot />
      <Submit>{signedIn ? 'Ask for it' : 'Sign in and ask for it'}</Submit>
    </Form>
  )
}

export function AttachQuestionForm({ wanted, question }: { wanted: { id: string; slug: string }; question: string | null }) {
  return (
    <Form action={attachQuestionAction} permalink={`${paths.ownWanted(wanted.slug)}#bring`}>
      <input type="hidden" name="id" value={wanted.id} />
      <TextField
        name="question"
        label="Your question for then"
        hint={`Hosts and whoever is invited read it, and never who asks it. When a date is set the first ${QUESTIONS} stand in the AMA. 10 to 300 characters.`}
        rows={3}
        maxLength={300}
        defaultValue={question ?? ''}
      />
      <Submit quiet>{question ? 'Save the question' : 'Add the question'}</Submit>
    </Form>
  )
}

type PickProps = { wanted: { id: string; slug: string; offeredAt: Date | null }; slots: SlotView[] }

/** Which of the times suit. */
export function PickSlotsForm({ wanted, slots }: PickProps) {
  return (
    <Form action={pickSlotsAction} permalink={`${paths.ownWanted(wanted.slug)}#slots`}>
      <input type="hidden" name="id" value={wanted.id} />
      <input type="hidden" name="offered" value={wanted.offeredAt?.toISOString()} />
      <fieldset className="grid gap-4">
        <legend className="mb-3 font-semibold">Which times suit you?</legend>
        {slots.map(({ number, startsAt, timeZone, picked }) => (
          <CheckField
            key={number}
            name={`slot${number}`}
            label={<AmaWhen ama={{ startsAt, timeZone }} now={new Date()} />}
            defaultChecked={picked}
          />
        ))}
      </fieldset>
      <Submit>Save the times</Submit>
    </Form>
  )
}

export function WithdrawForm({ wanted }: { wanted: { id: string; slug: string } }) {
  return (
    <Form action={withdrawWantedAction} permalink={`${paths.ownWanted(wanted.slug)}#withdraw`}>
      <input type="hidden" name="id" value={wanted.id} />
      <p className="text-soft">Nobody else has joined yet, so you can take it back.</p>
      <Submit quiet>Withdraw it</Submit>
    </Form>
  )
}
