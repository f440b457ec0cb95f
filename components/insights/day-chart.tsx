import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import { MEASURES, type Measure } from '#domain/insights/rules.ts'
import { thousands } from '#lib/count.ts'
import { shortDate } from '#lib/time.ts'

type Day = { day: string } & Record<Measure, number>
type Props = { measure: Measure; days: Day[]; now: Date }

/** Units of the drawing, which is stretched to its place; its lines are not. */
const [WIDTH, HEIGHT, TOP] = [600, 100, 4]

/**
 * One measure by day, as steps. Drawn on the server, so it is there without a script and needs no style that the policy would refuse.
 * One row of numbers a picture, which its caption says in words, and the table below them in full.
 */
export function DayChart({ measure, days, now }: Props) {
  const { name } = MEASURES[measure]
  const total = days.reduce((sum, day) => sum + day[measure], 0)
  const highest = days.reduce((best, day) => (day[measure] > best[measure] ? day : best), days[0] ?? NOTHING)
  const [first, last] = [days[0], days.at(-1)]
  return (
    <figure className="border-line pt-4 not-first:border-t">
      <figcaption>
        <h3 className="font-semibold">{name} by day</h3>
        <p className="text-sm text-soft">
          {total > 0
            ? `${thousands(total)} in all, most on ${dateOf(highest.day, now)}: ${thousands(highest[measure])}.`
            : 'None in these days.'}
        </p>
      </figcaption>
      {total > 0 && first && last && (
        <>
          <svg className="mt-3 block h-28 w-full overflow-visible" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
            <title>{`${name} by day`}</title>
            <Steps measure={measure} days={days} highest={highest[measure]} />
          </svg>
          <p className="mt-1 flex justify-between text-sm text-soft" aria-hidden="true">
            <span>{dateOf(first.day, now)}</span>
            <span>{dateOf(last.day, now)}</span>
          </p>
        </>
      )}
    </figure>
  )
}

function Steps({ measure, days, highest }: { measure: Measure; days: Day[]; highest: number }) {
  // Each day is as wide as the others: the last one ends where one more would begin.
  const points = [...days, ...days.slice(-1)]
  const x = scaleLinear([0, days.length], [0, WIDTH])
  const y = scaleLinear([0, highest], [HEIGHT, TOP])
  const place = (_day: Day, i: number) => x(i)
  const height = (day: Day) => y(day[measure])
  const below = area<Day>().x(place).y0(HEIGHT).y1(height).curve(curveStepAfter)(points)
  const edge = line<Day>().x(place).y(height).curve(curveStepAfter)(points)
  return (
    <>
      {[HEIGHT, TOP].map((at) => (
        <line key={at} x1={0} x2={WIDTH} y1={at} y2={at} className="stroke-line" vectorEffect="non-scaling-stroke" />
      ))}
      <path d={below ?? ''} className="fill-accent/20" />
      <path d={edge ?? ''} className="fill-none stroke-accent" strokeWidth={2} vectorEffect="non-scaling-stroke" />
    </>
  )
}

/** "Nov 12" of "2026-11-12". */
function dateOf(day: string, now: Date): string {
  return shortDate(new Date(day), now)
}

const NOTHING: Day = { day: '1970-01-01', views: 0, readers: 0, helped: 0, helpful: 0 }
