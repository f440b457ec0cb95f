import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { DayChart } from '#components/insights/day-chart.tsx'
import { AnswerNumbersRow, DaysTable, InsightsRanges, InsightsTotals, InsightsWords } from '#components/insights/insights-parts.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { getPeriod, listAnswerNumbers, listDays } from '#domain/insights/queries.ts'
import { hasInsights, MEASURE_KEYS, RangeOf, sumOf } from '#domain/insights/rules.ts'
import { countWaitingPeople } from '#domain/queue/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { zoneName } from '#lib/zone.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ range?: string | string[]; after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Your numbers', description: 'What became of your answers.', path: paths.insights() })
}

export default async function InsightsPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.insights()))
  if (!hasInsights(viewer)) notFound()
  const now = new Date()
  const given = await searchParams
  const range = RangeOf.parse(given.range)
  const period = await getPeriod(viewer, range, now)
  const [days, answers, waiting] = await Promise.all([
    listDays(viewer, period),
    listAnswerNumbers(viewer, period, given.after),
    countWaitingPeople(viewer, now),
  ])
  if (!answers) notFound()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight">Your numbers</h1>
      <p className="mt-2 max-w-prose text-soft">For you alone. Days are those of {zoneName(now, period.zone)}.</p>
      <InsightsRanges range={range} />
      <InsightsTotals totals={sumOf(days)} waiting={waiting} />
      <InsightsWords />
      <Section heading="By day">
        <div className="grid gap-8 pt-2">
          {MEASURE_KEYS.map((measure) => (
            <DayChart key={measure} measure={measure} days={days} now={now} />
          ))}
        </div>
        <DaysTable days={days} now={now} />
        <Download href={paths.insightsFile('days', range)} what="days" />
      </Section>
      <Section heading="By answer">
        <List
          next={answers.next && paths.insights(range, answers.next)}
          more="Earlier answers"
          empty="Nothing yet. Here stands what became of each answer of yours."
        >
          {answers.rows.map((answer) => (
            <AnswerNumbersRow key={answer.id} answer={answer} zone={period.zone} now={now} />
          ))}
        </List>
        <Download href={paths.insightsFile('answers', range)} what="answers" />
      </Section>
    </div>
  )
}

function Download({ href, what }: { href: string; what: string }) {
  return (
    <p data-no-print="">
      <a className="text-link inline-flex min-h-11 items-center" href={href} download="">
        Download all {what} (CSV)
      </a>
    </p>
  )
}
