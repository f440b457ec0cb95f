import { amaPhase } from '#domain/ama/rules.ts'
import { followedTimes } from '#domain/ama-event/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = { ama: { slug: string; startsAt: Date; endsAt: Date; cancelledAt: Date | null }; event: number; now: Date }

/**
 * Tells components/live what to follow, and from where: `event` is the newest that this page knows. It also has the places
 * for what is said: updates that wait while somebody points at the list, and sentences for those who hear the page.
 */
export function LiveMark({ ama, event, now }: Props) {
  const times = followedTimes(ama)
  if (!times || now > times.until) return null
  return (
    <div
      className="sticky top-3 z-10 flex h-0 justify-center print:hidden"
      data-live={paths.amaEvents(ama.slug)}
      data-after={event}
      data-phase={amaPhase(ama, now)}
      data-from={times.from.toISOString()}
      data-until={times.until.toISOString()}
    >
      <button type="button" className="button h-11 shadow-md" data-live-updates="" hidden />
      <p role="status" className="sr-only" data-live-says="" />
    </div>
  )
}
