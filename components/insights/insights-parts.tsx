import type { ReactNode } from 'react'
import type { AnswerNumbers } from '#domain/insights/queries.ts'
import { MEASURE_KEYS, MEASURES, type Numbers, QUEUED, RANGE_KEYS, RANGES, type Range, WAITING } from '#domain/insights/rules.ts'
import { thousands } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { shortDate } from '#lib/time.ts'

export function InsightsRanges({ range }: { range: Range }) {
  return (
    <nav aria-label="How far back" className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-[0.95rem]">
      {RANGE_KEYS.map((key) => (
        <a
          key={key}
          href={paths.insights(key)}
          aria-current={key === range ? 'page' : undefined}
          className={`inline-flex min-h-11 items-center ${key === range ? 'font-semibold underline decoration-2 underline-offset-8' : 'quiet-link'}`}
        >
          {RANGES[key]}
        </a>
      ))}
    </nav>
  )
}

/** All of the days together, and who waits now. */
export function InsightsTotals({ totals, waiting }: { totals: Numbers; waiting: number }) {
  const all = [...MEASURE_KEYS.map((key) => ({ ...MEASURES[key], number: totals[key] })), { ...QUEUED, number: waiting }]
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-5">
      {all.map(({ name, number }) => (
        <div key={name}>
          <dt className="text-sm text-soft">{name}</dt>
          <dd className="text-2xl font-semibold tabular-nums">{thousands(number) ?? 'None'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What each number is, for who wants to know. */
export function InsightsWords() {
  return (
    <details className="mt-6">
      <summary className="text-link inline-flex min-h-11 cursor-pointer items-center">What these numbers are</summary>
      <dl className="max-w-prose">
        {[...MEASURE_KEYS.map((key) => MEASURES[key]), WAITING, QUEUED].map(({ name, what }) => (
          <div key={name} className="pt-3">
            <dt className="font-semibold">{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** Every day with its numbers, the latest first. */
export function DaysTable({ days, now }: { days: ({ day: string } & Numbers)[]; now: Date }) {
  return (
    <details className="mt-4">
      <summary className="text-link inline-flex min-h-11 cursor-pointer items-center">All days in a table</summary>
      <Table caption="Numbers by day" head={['Day', ...MEASURE_KEYS.map((key) => MEASURES[key].name)]}>
        {days.toReversed().map((each) => (
          <tr key={each.day} className="border-t border-line">
            <th scope="row" className="py-2 pr-3 text-left font-normal">
              <time dateTime={each.day}>{shortDate(new Date(each.day), now)}</time>
            </th>
            {MEASURE_KEYS.map((key) => (
              <Figure key={key} n={each[key]} />
            ))}
          </tr>
        ))}
      </Table>
    </details>
  )
}

/** An answer with its numbers. */
export function AnswerNumbersRow({ answer, zone, now }: { answer: AnswerNumbers; zone: string; now: Date }) {
  const numbers = [
    { name: MEASURES.views.name, n: answer.views },
    { name: MEASURES.helped.name, n: answer.helped },
    { name: MEASURES.helpful.name, n: answer.helpful },
    { name: WAITING.name, n: answer.waiting },
  ]
  return (
    <li className="py-4">
      <h3 className="font-semibold leading-snug">
        <a className="quiet-link" href={paths.answer(answer.slug, answer.id)}>
          {answer.title}
        </a>
      </h3>
      <p className="mt-1 text-sm text-soft">
        Answered <time dateTime={answer.answeredAt.toISOString()}>{shortDate(answer.answeredAt, now, zone)}</time>
      </p>
      <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {numbers.map(({ name, n }) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-soft">{name}</dt>
            <dd className="font-semibold tabular-nums">{thousands(n) ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

function Table({ caption, head, children }: { caption: string; head: string[]; children: ReactNode }) {
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {head.map((name, i) => (
            <th key={name} scope="col" className={`py-2 align-bottom font-semibold ${i === 0 ? 'pr-3 text-left' : 'pl-2 text-right'}`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Figure({ n }: { n: number }) {
  return <td className="py-2 pl-2 text-right">{thousands(n) ?? '–'}</td>
}
