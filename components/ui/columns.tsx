import type { ReactNode } from 'react'

/** The page's frame: the main column, and rails beside it on wide screens, below it on narrow ones. */
export function Columns({ children, rails }: { children: ReactNode; rails: ReactNode }) {
  return (
    <div className="grid gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,43.5rem)_minmax(0,1fr)]">
      <div className="min-w-0">{children}</div>
      <aside
        aria-label="Related"
        className="grid content-start gap-10 border-t border-line pt-10 sm:grid-cols-2 lg:grid-cols-1 lg:border-0 lg:pt-2 print:hidden"
      >
        {rails}
      </aside>
    </div>
  )
}

/** A rail: a small heading and what stands under it. */
export function Rail({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-4 text-sm font-semibold text-soft">{heading}</h2>
      {children}
    </section>
  )
}

type SectionProps = { heading: string; says?: string; aside?: ReactNode; children: ReactNode }

/** A titled part of the main column; `says` is by what its rows were chosen and stand as they do. */
export function Section({ heading, says, aside, children }: SectionProps) {
  return (
    <section className="mt-12 first:mt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line pb-3">
        <h2 className="text-lg font-semibold">{heading}</h2>
        {aside}
      </div>
      {says && <p className="mt-4 text-sm text-soft">{says}</p>}
      {children}
    </section>
  )
}

/** To the whole of what is shown in part. */
export function MoreLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="text-link mt-4 inline-block text-sm first:mt-0" href={href}>
      {children}
    </a>
  )
}

/** Says what would be here and how it begins. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="max-w-prose py-6 text-soft">{children}</p>
}
