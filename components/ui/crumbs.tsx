export type Crumb = { name: string; href: string }

/** Where a page stands: links from the widest to the nearest. */
export function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-4 text-sm font-medium text-soft print:hidden">
      <ol className="flex flex-wrap gap-x-2">
        {crumbs.map(({ name, href }, i) => (
          <li key={href} className="flex items-center gap-x-2">
            {i > 0 && <span aria-hidden="true">·</span>}
            <a className="quiet-link inline-flex min-h-6 items-center" href={href}>
              {name}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
