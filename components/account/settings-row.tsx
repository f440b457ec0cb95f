import type { ReactNode } from 'react'

type Props = { href: string; link: ReactNode; children: ReactNode }

/** What is so at present, and at the right the way to change it. */
export function SettingsRow({ href, link, children }: Props) {
  return (
    <p className="flex flex-wrap items-center justify-between gap-x-6 pt-2">
      <span className="min-w-0">{children}</span>
      <a className="text-link inline-flex min-h-11 items-center" href={href}>
        {link}
      </a>
    </p>
  )
}
