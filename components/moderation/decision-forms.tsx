import { ReasonField, WordsField } from '#components/moderation/reason-fields.tsx'
import { Field, Form, Submit } from '#components/ui/form.tsx'
import { reasons, restoreReasons, type Thing, thingWord } from '#domain/moderation-event/rules.ts'
import { hideAction, keepAction, lookUpAction, restoreAction, suspendAction } from '#domain/report/actions.ts'
import { paths } from '#lib/paths.ts'

type Of = { thing: Thing; id: string }

const WORDS = 'If you like. Whoever wrote it reads the reason and these words.'

export function HideForm({ thing, id }: Of) {
  return (
    <Form action={hideAction} permalink={`${paths.moderated(thing, id)}#hide`}>
      <Which thing={thing} id={id} />
      <ReasonField form="hide" label="Why hide it?" list={reasons} />
      <WordsField form="hide" label="In your words" hint={WORDS} />
      <Submit>Hide the {thingWord(thing)}</Submit>
    </Form>
  )
}

export function RestoreForm({ thing, id }: Of) {
  return (
    <Form action={restoreAction} permalink={`${paths.moderated(thing, id)}#restore`}>
      <Which thing={thing} id={id} />
      <ReasonField form="restore" label="Why show it again?" list={restoreReasons} />
      <WordsField form="restore" label="In your words" hint={WORDS} />
      <Submit>Show the {thingWord(thing)} again</Submit>
    </Form>
  )
}

/** Nothing is wrong with it. */
export function KeepForm({ thing, id }: Of) {
  return (
    <Form action={keepAction} permalink={`${paths.moderated(thing, id)}#keep`}>
      <Which thing={thing} id={id} />
      <Submit quiet>Keep it and close the reports</Submit>
    </Form>
  )
}

/** Who asked, which no page shows. */
export function LookUpForm({ thing, id }: Of) {
  return (
    <Form action={lookUpAction} permalink={`${paths.moderated(thing, id)}#look-up`}>
      <Which thing={thing} id={id} />
      <p className="text-soft">Nobody sees who asked. That you look it up is written among the decisions.</p>
      <Submit quiet>Look up who asked</Submit>
    </Form>
  )
}

export function SuspendForm({ thing, id, name }: Of & { name: string }) {
  return (
    <Form action={suspendAction} permalink={`${paths.moderated(thing, id)}#suspend`}>
      <Which thing={thing} id={id} />
      <Field
        id="suspend-until"
        name="until"
        type="date"
        label="Until the end of"
        autoComplete="off"
        hint="At most a year from now, in UTC."
      />
      <ReasonField form="suspend" label={`Why suspend ${name}?`} list={reasons} />
      <WordsField
        form="suspend"
        label="In your words"
        hint="If you like. Whoever is suspended reads the reason and these words when signing in."
      />
      <Submit>Suspend {name}</Submit>
    </Form>
  )
}

function Which({ thing, id }: Of) {
  return (
    <>
      <input type="hidden" name="thing" value={thing} />
      <input type="hidden" name="id" value={id} />
    </>
  )
}
