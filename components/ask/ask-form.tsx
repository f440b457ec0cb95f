import { CheckField, ChoiceField, Form, Submit, TextField } from '#components/ui/form.tsx'
import { Honeypot } from '#components/ui/honeypot.tsx'
import { askQuestionAction } from '#domain/draft/actions.ts'
import type { AskingPlace, DraftView } from '#domain/draft/queries.ts'
import { type AskWhere, paths } from '#lib/paths.ts'

type Props = {
  place: AskingPlace
  /** The address of this page, where the form comes back to. */
  where: AskWhere
  draft: DraftView | null
  signedIn: boolean
}

/** A question, whole: whoever is not signed in does so last. */
export function AskForm({ place, where, draft, signedIn }: Props) {
  return (
    <div
      data-ask={place.key}
      data-community={place.community.slug}
      data-version={where.draft ? 0 : (draft?.version ?? 0)}
      data-signed-in={signedIn || undefined}
      data-waiting={where.draft}
    >
      <Form action={askQuestionAction} permalink={paths.ask(where)}>
        <input type="hidden" name="place" value={place.key} />
        <input type="hidden" name="key" defaultValue={draft?.askKey ?? ''} />
        <input type="hidden" name="seen" defaultValue="" />
        {where.draft && <input type="hidden" name="draft" value={where.draft} />}
        <TextField
          name="title"
          label="Your question"
          hint="One question, as you would ask it across a table. 10 to 300 characters."
          rows={2}
          maxLength={300}
          defaultValue={draft?.title}
        />
        <div data-similar="" hidden className="w-full border-s-2 border-accent ps-4" />
        <p data-similar-said="" aria-live="polite" className="sr-only" />
        <TextField
          name="details"
          label="Details"
          hint="If they help: where you stand, what you have tried. Markdown works."
          rows={6}
          maxLength={5_000}
          defaultValue={draft?.details}
        />
        {place.topics.length > 0 && (
          <ChoiceField name="topic" label="Topic" defaultValue={draft?.topic ?? place.topicId ?? 'title'}>
            <option value="title">Chosen from your question</option>
            {place.topics.map(({ id, name, synonyms }) => (
              <option key={id} value={id} data-names={[name, ...synonyms].join('|')}>
                {name}
              </option>
            ))}
            <option value="none">None of these</option>
          </ChoiceField>
        )}
        <CheckField
          name="showName"
          label="Show my name"
          hint="Off, nobody sees that you asked: no reader, no mentor, no host. If somebody reports the question a moderator can look it up, and that is logged."
          defaultChecked={draft?.showName ?? false}
        />
        <Honeypot />
        <div data-draft="" hidden className="grid w-full gap-3" />
        <Submit>{signedIn ? 'Ask it' : 'Sign in and ask it'}</Submit>
      </Form>
    </div>
  )
}
