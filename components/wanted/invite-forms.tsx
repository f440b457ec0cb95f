import { LengthField } from '#components/ama/length-field.tsx'
import { ZoneField } from '#components/member/zone-field.tsx'
import { CheckField, ChoiceField, Field, Form, Submit, TextField } from '#components/ui/form.tsx'
import { setThresholdAction } from '#domain/wanted/actions.ts'
import {
  declineWantedAction,
  endWantedAction,
  inviteForWantedAction,
  leaveOutQuestionAction,
  neverInviteAction,
  offerSlotsAction,
} from '#domain/wanted-slot/actions.ts'
import { invitedSince, NUMBERS } from '#domain/wanted-slot/rules.ts'
import { paths } from '#lib/paths.ts'

type Of = { wanted: { id: string; slug: string } }

/** From how many people on hosts are told. */
export function ThresholdForm({ community }: { community: { id: string; slug: string; wantedThreshold: number } }) {
  return (
    <Form action={setThresholdAction} permalink={`${paths.hosting(community.slug)}#people`}>
      <input type="hidden" name="id" value={community.id} />
      <Field
        name="threshold"
        type="number"
        label="People who want something before you are told"
        hint="From 2 to 1,000."
        inputMode="numeric"
        autoComplete="off"
        className="max-w-32"
        defaultValue={`${community.wantedThreshold}`}
      />
      <Submit quiet>Save</Submit>
    </Form>
  )
}

type InviteProps = {
  wanted: { id: string; slug: string; kind: string; title: string; topicId: string | null; invitedAt: Date | null }
  topics: { id: string; name: string }[]
  /** Where it is known: the handle of whom people wish for. */
  who: string
  text: string
}

/** The ready invitation. */
export function InviteForm({ wanted, topics, who, text }: InviteProps) {
  const named = topics.find(({ name }) => name.toLowerCase() === wanted.title.toLowerCase())
  return (
    <Form action={inviteForWantedAction} permalink={`${paths.hostedWanted(wanted.slug)}#invite`}>
      <input type="hidden" name="id" value={wanted.id} />
      <input type="hidden" name="invited" value={invitedSince(wanted)} />
      <Field
        name="who"
        label="Whom do you invite?"
        hint="The e-mail address of somebody who is not here yet, which is not kept, or the handle of a member."
        autoComplete="off"
        maxLength={254}
        defaultValue={who}
      />
      <ChoiceField
        name="topic"
        label="Topic of the AMA"
        defaultValue={wanted.topicId ?? named?.id ?? (wanted.kind === 'topic' ? 'new' : '')}
      >
        <option value="">Choose one</option>
        {!named && <option value="new">A new one: {wanted.title}</option>}
        {topics.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </ChoiceField>
      <TextField
        name="text"
        label="The invitation"
        hint="With a link to say yes, and one to say no for good."
        rows={14}
        maxLength={8_000}
        defaultValue={text}
      />
      <Submit>Send the invitation</Submit>
    </Form>
  )
}

/** For hosts: nobody is invited any more. */
export function EndWantedForm({ wanted }: Of) {
  return (
    <Form action={endWantedAction} permalink={`${paths.hostedWanted(wanted.slug)}#end`}>
      <input type="hidden" name="id" value={wanted.id} />
      <p>
        Nobody joins any more, and everybody concerned is told; whoever was invited by mail finds the link closed. It cannot be taken back.
      </p>
      <CheckField name="sure" label="Yes, end it" defaultChecked={false} />
      <Submit quiet>This will not come about</Submit>
    </Form>
  )
}

/** Of one question; `number` tells the forms of a page apart. */
export function LeaveOutForm({ wanted, question, number, again }: Of & { question: string; number: number; again: boolean }) {
  return (
    <Form
      action={leaveOutQuestionAction}
      permalink={`${paths.hostedWanted(wanted.slug)}#${again ? 'in' : 'out'}-${number}`}
      className="mt-3 grid justify-items-start gap-3"
    >
      <input type="hidden" name="id" value={wanted.id} />
      <input type="hidden" name="question" value={question} />
      {again && <input type="hidden" name="again" value="on" />}
      <Submit quiet>
        {again ? 'Take it in again' : 'Leave this out'}
        <span className="sr-only">: {question}</span>
      </Submit>
    </Form>
  )
}

type Offered = { number: number; startsAtLocal: Date; timeZone: string }

/** Yes, by the times at which the invited could come. */
export function OfferSlotsForm({ wanted, slots, minutes, zone }: Of & { slots: Offered[]; minutes: number; zone: string }) {
  const typed = (number: number) => slots.find((slot) => slot.number === number)?.startsAtLocal.toISOString()
  return (
    <Form action={offerSlotsAction} permalink={`${paths.wantedInvitation(wanted.slug)}#offer`}>
      <input type="hidden" name="id" value={wanted.id} />
      {NUMBERS.map((number) => (
        <fieldset key={number} className="flex w-full flex-wrap gap-3">
          <legend className="mb-1.5 font-semibold">Time {number}</legend>
          <div>
            <Field
              name={`date${number}`}
              label="Day"
              type="date"
              autoComplete="off"
              className="w-40"
              defaultValue={typed(number)?.slice(0, 10)}
              {...(number > 1 && { optional: true })}
            />
          </div>
          <div>
            <Field
              name={`time${number}`}
              label="Start"
              type="time"
              autoComplete="off"
              className="w-[8.5rem]"
              defaultValue={typed(number)?.slice(11, 16) ?? '17:00'}
              optional
            />
          </div>
        </fieldset>
      ))}
      <ZoneField name="zone" hint="Of all of them." zone={slots[0]?.timeZone ?? zone} />
      <LengthField minutes={minutes} />
      <Submit>{slots.length ? 'Offer these times instead' : 'Yes, offer these times'}</Submit>
    </Form>
  )
}

export function DeclineWantedForm({ wanted }: Of) {
  return (
    <div className="flex flex-wrap gap-3">
      <Form action={declineWantedAction} permalink={`${paths.wantedInvitation(wanted.slug)}#decline`}>
        <input type="hidden" name="id" value={wanted.id} />
        <Submit quiet>No, not this time</Submit>
      </Form>
      <Form action={declineWantedAction} permalink={`${paths.wantedInvitation(wanted.slug)}#never`}>
        <input type="hidden" name="id" value={wanted.id} />
        <input type="hidden" name="never" value="on" />
        <Submit quiet>No, and never invite me again</Submit>
      </Form>
    </div>
  )
}

/** Works without an account. */
export function NeverInviteForm({ word, again }: { word: string; again: boolean }) {
  return (
    <Form action={neverInviteAction} permalink={paths.noInvitations(word)}>
      <input type="hidden" name="word" value={word} />
      {again && <input type="hidden" name="again" value="on" />}
      <Submit quiet={again || undefined}>{again ? 'I may be invited again' : 'Never invite me from here'}</Submit>
    </Form>
  )
}
