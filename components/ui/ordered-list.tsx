import type { ReactNode } from 'react'
import { List } from '#components/ui/list.tsx'
import { afterHref } from '#lib/paths.ts'

type Props<Order extends string> = {
  /** What each order is called, what it goes by in a sentence, and what is said while there is nothing. */
  orders: Record<Order, { name: string; says: string; empty: string }>
  order: Order
  /** As addresses name an order; nothing for the first one, which stands at `path` itself. */
  inAddress: (order: Order) => string | undefined
  path: string
  next: string | null
  more: string
  children: ReactNode
}

/** A list in one of several orders, with links to the others, each under an address of its own. */
export function OrderedList<Order extends string>({ orders, order, inAddress, path, next, more, children }: Props<Order>) {
  const { name, says, empty } = orders[order]
  return (
    <>
      <nav aria-label="Order" className="mt-4 flex gap-x-4 overflow-x-auto border-b border-line text-[0.92rem] sm:gap-x-6 sm:text-base">
        {(Object.keys(orders) as Order[]).map((each) => (
          <a
            key={each}
            href={afterHref(path, undefined, inAddress(each))}
            aria-current={each === order ? 'page' : undefined}
            className="flex min-h-11 shrink-0 items-center border-b-2 border-transparent text-soft aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {orders[each].name}
          </a>
        ))}
      </nav>
      <h2 className="sr-only">{name}</h2>
      <p className="mt-4 max-w-prose text-sm text-soft">{says}</p>
      <List next={next && afterHref(path, next, inAddress(order))} more={more} empty={empty}>
        {children}
      </List>
    </>
  )
}
