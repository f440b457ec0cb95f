import type { ReactNode } from 'react'

/** A quiet link, or the same words where there is nowhere to go. */
export function MaybeLink({ href, className = '', children }: { href: string | null; className?: string; children: ReactNode }) {
  if (href === null) return <span className={className}>{children}</span>
  return (
    <a className={`quiet-link ${className}`} href={href}>
      {children}
    </a>
  )
}
