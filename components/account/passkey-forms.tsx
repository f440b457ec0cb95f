import { PasskeyButton } from '#components/account/passkey-button.tsx'
import { Field, Form, Submit } from '#components/ui/form.tsx'
import { Age, ShortDate } from '#components/ui/time.tsx'
import { addPasskeyAction, removePasskeyAction, renamePasskeyAction, signInWithPasskeyAction } from '#domain/passkey/actions.ts'
import type { OwnPasskey } from '#domain/passkey/queries.ts'
import { paths } from '#lib/paths.ts'

/** `permalink`: the page that it stands on. */
export function SignInWithPasskeyForm({ next, permalink }: { next: string | undefined; permalink: string }) {
  return (
    <Form action={signInWithPasskeyAction} permalink={`${permalink}#passkey`}>
      {next && <input type="hidden" name="next" value={next} />}
      <PasskeyButton to="sign in" quiet>
        Sign in with a passkey
      </PasskeyButton>
    </Form>
  )
}

/** `called`: what this browser calls itself. */
export function AddPasskeyForm({ called }: { called: string }) {
  return (
    <Form action={addPasskeyAction} permalink={`${paths.settingsPasskeys()}#add`}>
      <Field
        name="name"
        label="Name"
        hint="By which you know it again, such as that of the device."
        autoComplete="off"
        maxLength={60}
        defaultValue={called}
      />
      <PasskeyButton to="add">Add a passkey</PasskeyButton>
    </Form>
  )
}

/** `canRemove`: right after a sign-in. */
export function PasskeyList({ passkeys, canRemove, now }: { passkeys: OwnPasskey[]; canRemove: boolean; now: Date }) {
  return (
    <ul className="divide-y divide-line">
      {passkeys.map(({ id, name, addedAt, usedAt }) => (
        <li key={id} id={`passkey-${id}`} className="py-3">
          <p>
            <span className="break-words font-semibold">{name}</span>
            <span className="block text-sm text-soft">
              Since <ShortDate at={addedAt} now={now} />
              {usedAt && (
                <>
                  {' '}
                  · last used: <Age at={usedAt} now={now} />
                </>
              )}
            </span>
          </p>
          <details>
            <summary className="w-fit cursor-pointer py-2.5 text-sm text-soft">
              {canRemove ? 'Rename or remove' : 'Rename'}
              <span className="sr-only"> {name}</span>
            </summary>
            <div className="grid gap-5 pb-3 pt-2">
              <Form action={renamePasskeyAction} permalink={`${paths.settingsPasskeys()}#passkey-${id}`}>
                <input type="hidden" name="id" value={id} />
                <Field name="name" id={`name-${id}`} label="New name" autoComplete="off" maxLength={60} defaultValue={name} />
                <Submit quiet>Rename</Submit>
              </Form>
              {canRemove && (
                <Form action={removePasskeyAction} permalink={`${paths.settingsPasskeys()}#remove-${id}`}>
                  <input type="hidden" name="id" value={id} />
                  <Submit quiet>
                    Remove<span className="sr-only"> {name}</span>
                  </Submit>
                </Form>
              )}
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}
