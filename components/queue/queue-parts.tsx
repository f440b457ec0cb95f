import type { QueueCounts } from '#domain/queue/queries.ts'
import { ACTS, type Act, PLAIN_ORDERS, type PlainOrder, SOURCES, type Source, type whereIn } from '#domain/queue/rules.ts'
import { thousands } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

const sourceNames: Record<Source, string> = { me: 'Asked to you', ama: 'Your AMAs', open: 'Open in your communities' }
const orderNames: Record<PlainOrder, string> = { wanted: 'Most requested', newest: 'Newest', oldest: 'Oldest' }
export const actNames: Record<Act, string> = {
  skip: 'Skipped',
  defer: 'Put off',
  decline: 'Declined',
  'hand-over': 'Handed over',
  'ask-back': 'Waiting for the asker',
}

/** As domain/queue/rules.ts reads it from an address. */
export type QueuePart = ReturnType<typeof whereIn>

type Props = { counts: QueueCounts; where: QueuePart; most: number }

/** Where the questions come from, each with its number; together they are all. */
export function QueueSources({ counts, where, most }: Props) {
  const { order } = where
  const shown = where.minutes || where.aside ? null : (where.from ?? 'all')
  const parts = SOURCES.map((source) => ({ key: source, name: sourceNames[source], number: counts.sources[source], from: source }))
  return (
    <nav aria-label="Where they come from" className="mt-6 flex flex-wrap gap-x-5 gap-y-1 text-[0.95rem]">
      {[{ key: 'all', name: 'All', number: counts.all, from: undefined }, ...parts].map(({ key, name, number, from }) => (
        <Choice key={key} href={paths.queue({ from, order })} current={shown === key} name={name} number={number} most={most} />
      ))}
    </nav>
  )
}

export function QueueOrders({ where }: { where: QueuePart }) {
  const { from, order } = where
  return (
    <nav aria-label="Order" className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-[0.95rem]">
      <Choice href={paths.queue({ from })} current={!order} name="Helps most people first" />
      {PLAIN_ORDERS.map((each) => (
        <Choice key={each} href={paths.queue({ from, order: each })} current={order === each} name={orderNames[each]} />
      ))}
    </nav>
  )
}

/** What was set aside, each with its number; nothing of what is not there. */
export function QueueAside({ counts, where, most }: Props) {
  const some = ACTS.filter((act) => counts.aside[act] > 0)
  if (some.length === 0) return null
  return (
    <nav aria-label="Set aside" className="mt-10 flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line pt-4 text-[0.95rem]">
      {some.map((act) => (
        <Choice
          key={act}
          href={paths.queue({ aside: act })}
          current={where.aside === act}
          name={actNames[act]}
          number={counts.aside[act]}
          most={most}
        />
      ))}
    </nav>
  )
}

type ChoiceProps = { href: string; current: boolean; name: string; number?: number; most?: number }

function Choice({ href, current, name, number = 0, most = Number.POSITIVE_INFINITY }: ChoiceProps) {
  const figure = thousands(number)
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      className={`inline-flex min-h-11 items-center gap-1.5 ${current ? 'font-semibold' : 'quiet-link text-soft'}`}
    >
      {name} {figure && <span className="tabular-nums">{number < most ? figure : `${figure}+`}</span>}
    </a>
  )
}
