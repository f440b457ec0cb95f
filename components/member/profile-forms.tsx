import { ZoneField } from '#components/member/zone-field.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { ChoiceField, Field, FileField, Form, Submit, TextField } from '#components/ui/form.tsx'
import {
  changeHandleAction,
  changeProfileAction,
  chooseDirectAction,
  chooseListsAction,
  removePortraitAction,
  setPortraitAction,
  showFollowsAction,
} from '#domain/member/actions.ts'
import type { OwnProfile } from '#domain/member/queries.ts'
import { MOST_WAITING } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = { profile: OwnProfile }

const here = (part: string) => `${paths.settingsProfile()}#${part}`

export function PortraitForm({ profile }: Props) {
  return (
    <div className="grid gap-6 sm:grid-cols-[auto_1fr]">
      <div className="pt-1">
        <Avatar name={profile.name} portraitId={profile.portraitId} size="lg" />
      </div>
      <div className="grid gap-4">
        <Form action={setPortraitAction} permalink={here('picture')}>
          <FileField
            name="portrait"
            label="A new picture"
            hint="JPEG, PNG or WebP, at most 5 MB. Its middle square is shown; what the camera wrote into it, such as the place, is left out."
            accept="image/jpeg,image/png,image/webp"
          />
          <Submit>Use this picture</Submit>
        </Form>
        {(profile.portraitId ?? profile.hiddenPortraitId) && (
          <Form action={removePortraitAction} permalink={here('no-picture')}>
            <Submit quiet>Remove my picture</Submit>
          </Form>
        )}
      </div>
    </div>
  )
}

export function ProfileForm({ profile }: Props) {
  return (
    <Form action={changeProfileAction} permalink={here('about')}>
      <Field name="name" label="Name" autoComplete="name" maxLength={100} defaultValue={profile.name} />
      <TextField
        name="bio"
        label="About you"
        hint="Plain text, at most 2,000 characters."
        rows={5}
        maxLength={2_000}
        defaultValue={profile.bio ?? ''}
      />
      <TextField
        name="links"
        label="Links"
        hint="At most five, one a line: your own pages elsewhere."
        rows={3}
        defaultValue={profile.links.join('\n')}
      />
      <Field
        name="disclosure"
        label="Disclosure"
        hint="What readers should know of your interests, in one line: “I own shares of the company I write about.”"
        autoComplete="off"
        maxLength={160}
        defaultValue={profile.disclosure ?? ''}
        optional
      />
      <ZoneField name="timeZone" hint="Stands on your page, so that people know your hours." zone={profile.timeZone ?? ''}>
        <option value="">Say nothing</option>
      </ZoneField>
      <Submit>Save</Submit>
    </Form>
  )
}

/** Who may see which mentors and topics they follow. */
export function FollowsForm({ profile }: Props) {
  return (
    <Form action={showFollowsAction} permalink={here('follows')}>
      <ChoiceField
        name="follows"
        label="Who sees whom you follow"
        hint="Mentors and topics only. Which questions you follow or request nobody sees, nor are mentors told who follows them."
        defaultValue={profile.followsShownSince ? 'shown' : 'private'}
      >
        <option value="private">Nobody but you</option>
        <option value="shown">Everybody, on your page</option>
      </ChoiceField>
      <Submit>Set who sees it</Submit>
    </Form>
  )
}

export function HandleForm({ profile }: Props) {
  return (
    <Form action={changeHandleAction} permalink={here('address')}>
      <Field
        name="handle"
        label="Handle"
        hint="The end of your page’s address: lower-case letters and digits joined by hyphens. Your old address goes on leading to you."
        autoComplete="off"
        maxLength={60}
        defaultValue={profile.handle}
      />
      <Submit>Change the handle</Submit>
    </Form>
  )
}

/** In which lists of mentors one stands. */
export function ListsForm({ profile }: Props) {
  return (
    <Form action={chooseListsAction} permalink={here('lists')}>
      <ChoiceField
        name="lists"
        label="Where your communities list you"
        hint="By people helped means: in the order of how many each mentor helped in a time. By name everybody is listed."
        defaultValue={profile.unrankedSince ? 'name' : 'helped'}
      >
        <option value="helped">By people helped, and by name</option>
        <option value="name">By name alone</option>
      </ChoiceField>
      <Submit>Set where you are listed</Submit>
    </Form>
  )
}

/** Which questions a mentor takes directly. */
export function DirectForm({ profile }: Props) {
  const { directLimit, pausedUntil } = profile
  return (
    <Form action={chooseDirectAction} permalink={here('questions')}>
      <ChoiceField
        name="direct"
        label="Questions to you alone"
        hint="Everybody can still ask your communities, and you can answer there."
        defaultValue={directLimit === null ? 'on' : directLimit === 0 ? 'off' : 'some'}
      >
        <option value="on">As many as people ask</option>
        <option value="some">At most so many waiting at once</option>
        <option value="off">None</option>
      </ChoiceField>
      <Field
        name="most"
        label="At most waiting at once"
        hint={`A number up to ${MOST_WAITING}. Once some are answered, more can be asked.`}
        autoComplete="off"
        inputMode="numeric"
        maxLength={3}
        defaultValue={directLimit ? String(directLimit) : ''}
        className="max-w-24"
        optional
      />
      <Field
        name="pausedUntil"
        type="date"
        label="Away until"
        hint="Until that day nobody can ask you directly, and your page says when you are back."
        autoComplete="off"
        defaultValue={pausedUntil?.toISOString().slice(0, 10) ?? ''}
        optional
      />
      <Submit>Set what you take</Submit>
    </Form>
  )
}
