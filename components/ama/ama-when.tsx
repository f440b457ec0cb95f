import { fullDate } from '#lib/time.ts'
import { amaDate } from '#lib/zone.ts'

const DAY_MS = 24 * 60 * 60 * 1000

type When = { startsAt: Date; timeZone: string }

/**
 * "May 31, 2022 @ 10:00AM PT", and until a day after the start the reader's own time beside it, which the browser sets into
 * the line kept for it (components/enhance/readers-times.ts).
 */
export function AmaWhen({ ama, now }: { ama: When; now: Date }) {
  const soon = now.getTime() < ama.startsAt.getTime() + DAY_MS
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      <AmaDate ama={ama} />
      {soon && (
        // As wide as the longest time can be, so that nothing moves when it is set in.
        <span
          className="min-h-[1.5em] min-w-[15.5em] font-normal text-soft"
          data-needs-js=""
          data-readers-time={ama.startsAt.toISOString()}
          data-zone={ama.timeZone}
        />
      )}
    </span>
  )
}

export function AmaDate({ ama }: { ama: When }) {
  return (
    <time dateTime={ama.startsAt.toISOString()} title={fullDate(ama.startsAt, ama.timeZone)}>
      {amaDate(ama.startsAt, ama.timeZone)}
    </time>
  )
}
