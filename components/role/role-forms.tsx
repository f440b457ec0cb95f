import { ChoiceField, Field, Form, Submit } from '#components/ui/form.tsx'
import {
  addRoleAction,
  changeRoleAction,
  checkByLinkAction,
  checkByMailAction,
  proveWorkMailAction,
  removeRoleAction,
} from '#domain/role/actions.ts'
import type { OwnRole } from '#domain/role/queries.ts'
import { paths } from '#lib/paths.ts'

export type Place = { id: string; slug: string; name: string }

/** A new line of the history; `community` is where somebody wants to be a mentor. */
export function AddRoleForm({ community }: { community: string | undefined }) {
  return (
    <Form action={addRoleAction} permalink={paths.roles({ community })}>
      {community && <input type="hidden" name="community" value={community} />}
      <RoleFields given={null} />
      <Submit>Add this role</Submit>
    </Form>
  )
}

export function ChangeRoleForm({ role }: { role: OwnRole }) {
  return (
    <Form action={changeRoleAction} permalink={`${paths.role(role.id)}#change`}>
      <input type="hidden" name="role" value={role.id} />
      <RoleFields given={role} />
      <Submit quiet>Save</Submit>
    </Form>
  )
}

export function RemoveRoleForm({ role }: { role: OwnRole }) {
  return (
    <Form action={removeRoleAction} permalink={`${paths.role(role.id)}#remove`}>
      <input type="hidden" name="role" value={role.id} />
      <Submit quiet>Remove this role</Submit>
    </Form>
  )
}

type CheckProps = { role: OwnRole; places: Place[]; community: string | undefined }

/** By a code that goes to a work address. */
export function WorkMailForm({ role, places, community }: CheckProps) {
  return (
    <Form action={checkByMailAction} permalink={`${paths.role(role.id, { community })}#by-mail`}>
      <input type="hidden" name="role" value={role.id} />
      <PlaceField id="mail-community" places={places} community={community} />
      <Field
        name="email"
        type="email"
        label="Work e-mail address"
        hint="A code goes there. Readers see its domain alone, such as acme.com; the address is forgotten."
        autoComplete="email"
        inputMode="email"
        maxLength={254}
      />
      <Submit>Send me a code</Submit>
    </Form>
  )
}

export function WorkCodeForm({ role }: { role: OwnRole }) {
  return (
    <Form action={proveWorkMailAction} permalink={`${paths.role(role.id)}#by-code`}>
      <input type="hidden" name="role" value={role.id} />
      <Field
        name="code"
        label="Code"
        hint="Six digits. Spaces between them do no harm."
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={20}
        className="max-w-48 font-mono text-2xl tracking-[0.2em]"
      />
      <Submit>Continue</Submit>
    </Form>
  )
}

/** By a page that says so, at which somebody looks. */
export function LinkForm({ role, places, community }: CheckProps) {
  return (
    <Form action={checkByLinkAction} permalink={`${paths.role(role.id, { community })}#by-link`}>
      <input type="hidden" name="role" value={role.id} />
      <PlaceField id="link-community" places={places} community={community} />
      <Field
        name="link"
        label="A page that says so"
        hint="Such as your name on your company’s site. A host or moderator of the community looks at it."
        autoComplete="off"
        maxLength={300}
      />
      <Submit quiet>Ask them to look</Submit>
    </Form>
  )
}

function PlaceField({ id, places, community }: { id: string; places: Place[]; community: string | undefined }) {
  const wanted = places.find(({ slug }) => slug === community)
  return (
    <ChoiceField id={id} name="community" label="Community" hint="Where you want to be a mentor." defaultValue={wanted?.id ?? ''}>
      <option value="">Choose one</option>
      {places.map((place) => (
        <option key={place.id} value={place.id}>
          {place.name}
        </option>
      ))}
    </ChoiceField>
  )
}

function RoleFields({ given }: { given: OwnRole | null }) {
  return (
    <>
      <Field
        name="company"
        label="Company"
        autoComplete="off"
        maxLength={100}
        defaultValue={given?.company?.name ?? given?.claimedCompany ?? ''}
        optional
      />
      <Field
        name="title"
        label="Title"
        hint="What you are or were there: “Product Manager”."
        autoComplete="off"
        maxLength={120}
        defaultValue={given?.title ?? ''}
        optional
      />
      <Field
        name="from"
        label="From"
        hint="A year, or a year and a month: 2019 or 2019-04."
        autoComplete="off"
        maxLength={7}
        defaultValue={given?.startedOn ?? ''}
        className="max-w-36"
      />
      <Field
        name="to"
        label="To"
        hint="Empty while you hold it."
        autoComplete="off"
        maxLength={7}
        defaultValue={given?.endedOn ?? ''}
        className="max-w-36"
        optional
      />
    </>
  )
}
