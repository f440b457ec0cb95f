import { browserName } from '#components/account/browser-name.ts'
import { Form, Submit } from '#components/ui/form.tsx'
import { Age, ShortDate } from '#components/ui/time.tsx'
import { endSessionAction } from '#domain/session/actions.ts'
import type { OwnSession } from '#domain/session/queries.ts'
import { paths } from '#lib/paths.ts'

/** Every browser that is signed in. `canEnd`: the others get a button; this one never, since signing out here is another thing. */
export function SessionList({ sessions, canEnd, now }: { sessions: OwnSession[]; canEnd: boolean; now: Date }) {
  return (
    <ul className="divide-y divide-line">
      {sessions.map(({ id, agent, createdAt, seenAt, current }) => (
        <li key={id} id={`session-${id}`} className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <p>
            <span className="font-semibold">{browserName(agent)}</span>
            <span className="block text-sm text-soft">
              {current ? 'This browser' : <LastUsed at={seenAt} now={now} />} · since <ShortDate at={createdAt} now={now} />
            </span>
          </p>
          {canEnd && !current && (
            <Form action={endSessionAction} permalink={`${paths.settings()}#session-${id}`} className="">
              <input type="hidden" name="id" value={id} />
              <Submit quiet>
                Sign out<span className="sr-only"> of {browserName(agent)}</span>
              </Submit>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}

function LastUsed({ at, now }: { at: Date; now: Date }) {
  return (
    <>
      Last used: <Age at={at} now={now} />
    </>
  )
}
