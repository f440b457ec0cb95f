type Props = { links: { name: string; href: string; current: boolean }[] }

/** Where one list is to be had in several orders: a link to each, under an address of its own. */
export function OrderLinks({ links }: Props) {
  return (
    <nav aria-label="Order" className="mt-4 flex gap-x-4 overflow-x-auto border-b border-line text-[0.92rem] sm:gap-x-6 sm:text-base">
      {links.map(({ name, href, current }) => (
        <a
          key={name}
          href={href}
          aria-current={current ? 'page' : undefined}
          className="flex min-h-11 shrink-0 items-center border-b-2 border-transparent text-soft aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {name}
        </a>
      ))}
    </nav>
  )
}
