import { Age } from '#components/ui/time.tsx'
import type { ActView } from '#domain/moderation-event/queries.ts'
import { actText, reasonText } from '#domain/moderation-event/rules.ts'
import { paths } from '#lib/paths.ts'

/** One act of a moderator in a line; it leads to the thing, where it can be looked at again. */
export function ActRow({ act, now }: { act: ActView; now: Date }) {
  return (
    <li className="py-4">
      <a className="text-link" href={paths.moderated(act.thing, act.thingId)}>
        A moderator {actText(act.act, act.thing)}
      </a>
      <p className="text-sm text-soft">
        {reasonText(act.reason)} <span aria-hidden="true">• </span>
        <Age at={act.happenedAt} now={now} />
      </p>
    </li>
  )
}
