import { SearchForm } from '#components/search/search-form.tsx'
import { shownUnread, UNREAD_LOOK } from '#components/site/unread.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { paths } from '#lib/paths.ts'

type Props = { siteName: string; viewer: { name: string; portraitId: string | null; unread: number; queue: boolean } | null }

/** Where one can go from every page. */
const PLACES = [
  { name: 'AMAs', href: paths.amas() },
  { name: 'Communities', href: paths.communities() },
  { name: 'Ask', href: paths.ask() },
]

/**
 * On every page: the way home, the site's places (on a telephone in a menu), the search, light or dark, and one's own
 * account. Public pages are rendered for nobody; on them components/enhance/viewer.ts fills the place of the last one,
 * which is as wide for everybody. The row's columns say how wide what comes last is: where a browser draws before it has read all
 * of it, as a slow one does, nothing moves when the rest is there.
 */
export function Header({ siteName, viewer }: Props) {
  return (
    <header className="relative border-b border-line print:hidden">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-3 focus:z-10 focus:bg-paper focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <div className="mx-auto grid min-h-16 max-w-[70rem] grid-cols-[auto_1fr_2.75rem_3.5rem] items-center gap-x-3 px-5 md:grid-cols-[auto_auto_1fr_2.75rem_3.5rem] md:gap-x-5 lg:gap-x-7">
        <a href={paths.home()} className="flex min-h-11 shrink-0 items-center gap-2.5 text-xl font-bold tracking-tight">
          <Mark className="h-6 w-auto shrink-0 text-accent" />
          <span className="sr-only sm:not-sr-only">
            <span className="block max-w-56 truncate">{siteName}</span>
          </span>
        </a>
        <nav aria-label="Site" data-places="" className="hidden items-center gap-x-5 text-[0.95rem] text-soft md:flex lg:gap-x-7">
          {placesOf(viewer).map(({ name, href }) => (
            <a key={name} className="quiet-link flex min-h-11 items-center whitespace-nowrap" href={href}>
              {name}
            </a>
          ))}
        </nav>
        <SearchForm id="site-search" label="Search the site" className="w-full justify-self-end md:max-w-64" />
        <Menu viewer={viewer} />
        <ThemeSwitch className="hidden size-11 justify-center rounded-full md:flex" />
        <div key={viewer?.name} data-viewer-place="" className="relative col-end-[-1] flex w-14 justify-end">
          {viewer ? (
            <>
              {viewer.unread > 0 && (
                <a href={paths.myNotices()} className={UNREAD_LOOK}>
                  {shownUnread(viewer.unread)}
                  <span className="sr-only"> unread notices</span>
                </a>
              )}
              <a href={paths.settings()} className="-mr-2 flex size-11 items-center justify-center">
                <Avatar name={viewer.name} portraitId={viewer.portraitId} size="sm" />
                <span className="sr-only">{viewer.name}: your account</span>
              </a>
            </>
          ) : (
            <a
              href={paths.signIn()}
              data-sign-in=""
              className="quiet-link flex min-h-11 items-center whitespace-nowrap text-[0.9rem] font-semibold sm:text-[0.95rem]"
            >
              Sign in
            </a>
          )}
        </div>
      </div>
    </header>
  )
}

/** The queue is for mentors and hosts. On pages that are the same for everybody components/enhance/viewer.ts adds it. */
function placesOf(viewer: Props['viewer']): { name: string; href: string }[] {
  return viewer?.queue ? [...PLACES, { name: 'My queue', href: paths.queue() }] : PLACES
}

/** A popover is the browser's: it opens without JavaScript, and a tap beside it or Escape closes it. */
function Menu({ viewer }: Pick<Props, 'viewer'>) {
  return (
    <>
      <button
        type="button"
        popoverTarget="menu"
        className="flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-full text-soft hover:text-ink md:hidden"
      >
        <span className="sr-only">Menu</span>
        <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
          <path d="M3 5.5h14M3 10h14M3 14.5h14" />
        </svg>
      </button>
      <div
        id="menu"
        popover="auto"
        className="absolute inset-auto right-4 top-[4.25rem] min-w-52 rounded-[0.6rem] border border-line bg-raised px-5 py-2 text-ink shadow-lg md:hidden"
      >
        <nav aria-label="Menu" data-places="" className="grid divide-y divide-line">
          {placesOf(viewer).map(({ name, href }) => (
            <a key={name} className="quiet-link flex min-h-12 items-center" href={href}>
              {name}
            </a>
          ))}
        </nav>
        <ThemeSwitch className="flex min-h-12 w-full justify-between gap-6 border-t border-line" named />
      </div>
    </>
  )
}

function ThemeSwitch({ className, named }: { className: string; named?: true }) {
  return (
    <button
      type="button"
      data-needs-js=""
      data-theme-switch=""
      aria-pressed="false"
      className={`shrink-0 cursor-pointer items-center text-soft hover:text-ink ${className}`}
    >
      <span className={named ? '' : 'sr-only'}>Dark theme</span>
      <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5">
        <circle cx="10" cy="10" r="7.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 2.8a7.2 7.2 0 0 1 0 14.4Z" fill="currentColor" />
      </svg>
    </button>
  )
}
