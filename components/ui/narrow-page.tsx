import type { ReactNode } from 'react'

/** A page on which one thing is done: its heading, why, and what there is to fill in. */
export function NarrowPage({ heading, lead, children }: { heading: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl sm:py-6">
      <h1 className="text-2xl font-semibold leading-snug tracking-tight sm:text-[1.75rem]">{heading}</h1>
      {lead && <p className="mt-3 text-soft">{lead}</p>}
      <div className="mt-8 grid grid-cols-1 gap-8">{children}</div>
    </div>
  )
}
