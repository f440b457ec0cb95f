import { Mark } from '#components/ui/mark.tsx'
import type { SitePageSlug } from '#domain/site-page/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = {
  siteName: string
  /** What the site says of itself, where it says something. */
  pages: { slug: SitePageSlug; name: string }[]
}

export function Footer({ siteName, pages }: Props) {
  return (
    <footer className="mt-24 border-t border-line print:hidden">
      <div className="mx-auto flex max-w-[70rem] flex-wrap items-center justify-between gap-x-8 gap-y-4 px-5 py-10 text-sm text-soft">
        <p className="flex items-center gap-3">
          <Mark className="h-5 w-auto shrink-0" />
          {siteName}: people who have done the job answer questions about it.
        </p>
        <nav aria-label="Foot of the page" data-foot="" className="flex flex-wrap gap-x-6 gap-y-2">
          <a className="quiet-link" href={paths.amas()}>
            AMAs
          </a>
          <a className="quiet-link" href={paths.communities()}>
            Communities
          </a>
          <a className="quiet-link" href={paths.wantedList()}>
            Wanted
          </a>
          {pages.map(({ slug, name }) => (
            <a key={slug} className="quiet-link" href={paths.sitePage(slug)}>
              {name}
            </a>
          ))}
        </nav>
      </div>
    </footer>
  )
}
