import type { EventView } from '#domain/audit-event/queries.ts'
import { eventText, isKnownToTheDay } from '#domain/audit-event/rules.ts'
import { fullDate, shortDate } from '#lib/time.ts'

/** One line of the log: what happened, when, and from which network. */
export function EventRow({ event, now }: { event: EventView; now: Date }) {
  const { happenedAt } = event
  return (
    <li className="py-4">
      <p className="[overflow-wrap:anywhere]">{eventText(event)}</p>
      <p className="text-sm text-soft">
        {isKnownToTheDay(event.act) ? (
          <time dateTime={happenedAt.toISOString().slice(0, 10)}>{shortDate(happenedAt, now)}</time>
        ) : (
          <time dateTime={happenedAt.toISOString()}>{fullDate(happenedAt)}</time>
        )}
        {event.network && (
          <>
            <span aria-hidden="true"> • </span>from <span className="font-mono">{event.network}</span>
          </>
        )}
      </p>
    </li>
  )
}
