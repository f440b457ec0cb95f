import { Wire } from '#components/ui/wire.tsx'
import { type AmaPhase, amaPhase } from '#domain/ama/rules.ts'

const WORDS: Record<AmaPhase, string> = { upcoming: 'Upcoming AMA', live: 'Live now', past: 'Past AMA' }

/** "Past AMA"; a live one is a wire that moves. */
export function AmaPhaseMark({ ama, now }: { ama: { startsAt: Date; endsAt: Date; cancelledAt: Date | null }; now: Date }) {
  if (ama.cancelledAt) return <span>Cancelled AMA</span>
  const phase = amaPhase(ama, now)
  return (
    <span className={`inline-flex items-center gap-2 ${phase === 'live' ? 'font-semibold text-warm' : ''}`}>
      {phase === 'live' ? <Wire perched={3} live /> : <span aria-hidden="true" className="size-2 rounded-full bg-edge" />}
      {WORDS[phase]}
    </span>
  )
}
