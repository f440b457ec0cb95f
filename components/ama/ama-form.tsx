import { LengthField } from '#components/ama/length-field.tsx'
import { ZoneField } from '#components/member/zone-field.tsx'
import { CheckField, ChoiceField, Field, Form, Submit, TextField } from '#components/ui/form.tsx'
import { draftAmaAction, editAmaAction } from '#domain/ama/actions.ts'
import type { HostedAma } from '#domain/ama/queries.ts'
import { OPENINGS, openingOf } from '#domain/ama/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = {
  community: { id: string; slug: string; name: string }
  topics: { id: string; name: string }[]
  mentors: { handle: string; name: string }[]
  /** The one of the AMA that is changed, else of whoever prepares it. */
  zone: string
  /** What is changed; without it a new one is prepared. */
  ama?: HostedAma
}

const ORDINALS = ['First', 'Second', 'Third', 'Fourth', 'Fifth']

/** All that a host says of an AMA. */
export function AmaForm({ community, topics, mentors, zone, ama }: Props) {
  const people = ama?.people.filter(({ standing }) => standing !== 'declined') ?? []
  const minutes = ama ? (ama.endsAt.getTime() - ama.startsAt.getTime()) / 60_000 : 60
  return (
    <Form action={ama ? editAmaAction : draftAmaAction} permalink={ama ? paths.editAma(ama.slug) : paths.newAma(community.slug)}>
      {ama ? <input type="hidden" name="id" value={ama.id} /> : <input type="hidden" name="community" value={community.id} />}
      <ChoiceField name="topic" label="Topic" defaultValue={ama?.topicId ?? topics[0]?.id}>
        {topics.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </ChoiceField>
      <fieldset className="grid w-full gap-4">
        <legend className="mb-1.5 text-lg font-semibold">Mentors</legend>
        <p className="text-sm text-soft">
          By handle or name, in the order in which the title names them. Who is new here is invited when you save. Only hosts and those who
          are invited see the AMA until one of them says yes.
        </p>
        {ORDINALS.map((ordinal, i) => (
          <Field
            key={ordinal}
            name={`mentor${i + 1}`}
            label={`${ordinal} mentor`}
            list="mentors"
            autoComplete="off"
            maxLength={120}
            defaultValue={people[i]?.handle ?? ''}
            {...(i > 0 && { optional: true })}
          />
        ))}
        <datalist id="mentors">
          {mentors.map(({ handle, name }) => (
            <option key={handle} value={handle}>
              {name}
            </option>
          ))}
        </datalist>
      </fieldset>
      <TextField
        name="hosts"
        label="Co-hosts"
        hint="Who else may prepare and run this AMA: up to five handles, one a line. Hosts of the community may anyway."
        rows={2}
        maxLength={1_000}
        defaultValue={ama?.hostHandles.join('\n') ?? ''}
      />
      <fieldset className="grid w-full gap-4">
        <legend className="mb-1.5 text-lg font-semibold">Time</legend>
        <Field name="date" label="Day" type="date" autoComplete="off" defaultValue={ama?.date} />
        <Field name="time" label="Start" type="time" autoComplete="off" defaultValue={ama?.time ?? '10:00'} />
        <ZoneField name="zone" hint="Everybody else reads the start in this zone and in their own." zone={zone} />
        <LengthField minutes={minutes} />
        <CheckField name="both" label="Another AMA of this community may be on at the same time" defaultChecked={false} />
      </fieldset>
      <TextField
        name="introduction"
        label="Introduction"
        hint="Markdown works. At most 5,000 characters."
        rows={7}
        maxLength={5_000}
        defaultValue={ama?.introduction ?? ''}
      />
      <ChoiceField name="opens" label="People can ask" defaultValue={ama ? openingOf(ama) : 'at once'}>
        {Object.keys(OPENINGS).map((opening) => (
          <option key={opening} value={opening}>
            {OPENING_WORDS[opening as keyof typeof OPENINGS]}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        name="checking"
        label="Questions that a host looks at first"
        hint="Until then only the asker and the hosts see them."
        defaultValue={ama?.checking ?? ''}
      >
        <option value="">As in {community.name}</option>
        <option value="off">None</option>
        <option value="first">Everybody’s first question</option>
        <option value="all">All</option>
      </ChoiceField>
      <Submit>{ama ? 'Save' : 'Prepare the AMA'}</Submit>
    </Form>
  )
}

const OPENING_WORDS: Record<keyof typeof OPENINGS, string> = {
  'at once': 'As soon as it is published',
  '2 weeks': 'Two weeks before the start',
  '1 week': 'A week before the start',
  '3 days': 'Three days before the start',
  '1 day': 'A day before the start',
  'the start': 'From the start on',
}
