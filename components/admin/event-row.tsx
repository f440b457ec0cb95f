import type { EventView } from '#domain/audit-event/queries.ts'
import { eventText } from '#domain/audit-event/rules.ts'
import { fullDate } from '#lib/time.ts'

/** One line of the log: what happened, when to the minute, and from which network. */
export function EventRow({ event }: { event: EventView }) {
  return (
    <li className="py-4">
      <p className="[overflow-wrap:anywhere]">{eventText(event)}</p>
      <p className="text-sm text-soft">
        <time dateTime={event.happenedAt.toISOString()}>{fullDate(event.happenedAt)}</time>
        {event.network && (
          <>
            <span aria-hidden="true"> • </span>from <span className="font-mono">{event.network}</span>
          </>
        )}
      </p>
    </li>
  )
}
