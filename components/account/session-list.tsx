import { browserName } from '#components/account/browser-name.ts'
import { Form, Submit } from '#components/ui/form.tsx'
import { Age } from '#components/ui/time.tsx'
import { endSessionAction } from '#domain/session/actions.ts'
import type { SessionRow } from '#domain/session/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { sessions: SessionRow[]; currentId: string; now: Date }

/** Every browser that is signed in; this one first, and without a button: signing out here is another thing. */
export function SessionList({ sessions, currentId, now }: Props) {
  const others = sessions.filter(({ id }) => id !== currentId)
  const rows = [...sessions.filter(({ id }) => id === currentId), ...others]
  return (
    <ul className="divide-y divide-line">
      {rows.map(({ id, agent, seenAt }) => (
        <li key={id} id={`session-${id}`} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <p>
            <span className="font-semibold">{browserName(agent)}</span>
            <span className="block text-sm text-soft">
              {id === currentId ? (
                'This browser'
              ) : (
                <>
                  Last used: <Age at={seenAt} now={now} />
                </>
              )}
            </span>
          </p>
          {id !== currentId && (
            <Form action={endSessionAction} permalink={`${paths.settings()}#session-${id}`} className="">
              <input type="hidden" name="id" value={id} />
              <Submit quiet>
                Sign out<span className="sr-only">: {browserName(agent)}</span>
              </Submit>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}
