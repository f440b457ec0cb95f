import { Form, Submit } from '#components/ui/form.tsx'
import { Age, ShortDate } from '#components/ui/time.tsx'
import { unlinkIdentityAction } from '#domain/identity/actions.ts'
import type { OwnProvider } from '#domain/identity/queries.ts'
import { type ProviderId, paths } from '#lib/paths.ts'

/** Links, one for each provider that this site knows; nothing where it knows none. */
export function ProviderLinks({ providers, next }: { providers: { id: ProviderId; name: string }[]; next: string | undefined }) {
  if (!providers.length) return null
  return (
    <ul className="flex flex-wrap gap-3">
      {providers.map(({ id, name }) => (
        <li key={id}>
          <a className="button button-quiet" href={paths.provider(id, { next })} rel="nofollow">
            Continue with {name}
          </a>
        </li>
      ))}
    </ul>
  )
}

export function ProviderList({ providers, now }: { providers: OwnProvider[]; now: Date }) {
  return (
    <ul className="divide-y divide-line border-t border-line">
      {providers.map(({ id, name, connected }) => (
        <li key={id} className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <p>
            <span className="font-semibold">{name}</span>
            <span className="block text-sm text-soft">
              {connected ? (
                <>
                  Connected since <ShortDate at={connected.since} now={now} />
                  {connected.usedAt && (
                    <>
                      {' '}
                      · last used: <Age at={connected.usedAt} now={now} />
                    </>
                  )}
                </>
              ) : (
                'Not connected'
              )}
            </span>
          </p>
          {connected ? (
            <Form action={unlinkIdentityAction} permalink={`${paths.settingsProviders()}#${id}`} className="">
              <input type="hidden" name="provider" value={id} />
              <Submit quiet>Disconnect {name}</Submit>
            </Form>
          ) : (
            <a className="button button-quiet" href={paths.provider(id, { to: 'connect' })} rel="nofollow">
              Connect {name}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
