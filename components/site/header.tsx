import { Avatar } from '#components/ui/avatar.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { paths } from '#lib/paths.ts'

type Props = { viewer: { name: string; portraitId: string | null } | null }

/**
 * On every page: the way home, the two ways in, light or dark, and one's own account. Public pages are rendered for nobody;
 * on them components/enhance/viewer.ts fills the place of the last one, which is as wide for everybody.
 */
export function Header({ viewer }: Props) {
  return (
    <header className="border-b border-line print:hidden">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-3 focus:z-10 focus:bg-paper focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <div className="mx-auto flex min-h-16 max-w-[70rem] flex-wrap items-center gap-x-2 px-5 sm:gap-x-8">
        <a href={paths.home()} className="flex min-h-11 items-center gap-2.5 text-xl font-bold tracking-tight">
          <Mark className="h-6 w-auto text-accent" />
          <span className="sr-only sm:not-sr-only">Perch</span>
        </a>
        <nav aria-label="Site" className="flex items-center gap-x-2.5 text-[0.9rem] text-soft sm:gap-x-7 sm:text-[0.95rem]">
          <a className="quiet-link flex min-h-11 items-center" href={paths.amas()}>
            AMAs
          </a>
          <a className="quiet-link flex min-h-11 items-center" href={paths.communities()}>
            Communities
          </a>
          <a className="quiet-link flex min-h-11 items-center" href={paths.ask()}>
            Ask
          </a>
        </nav>
        <button
          type="button"
          data-needs-js=""
          data-theme-switch=""
          aria-pressed="false"
          className="ml-auto flex size-11 cursor-pointer items-center justify-center rounded-full text-soft hover:text-ink"
        >
          <span className="sr-only">Dark theme</span>
          <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5">
            <circle cx="10" cy="10" r="7.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
            <path d="M10 2.8a7.2 7.2 0 0 1 0 14.4Z" fill="currentColor" />
          </svg>
        </button>
        <div key={viewer?.name} data-viewer-place="" className="flex w-14 shrink-0 justify-end">
          {viewer ? (
            <a href={paths.settings()} className="-mr-2 flex size-11 items-center justify-center">
              <Avatar name={viewer.name} portraitId={viewer.portraitId} size="sm" />
              <span className="sr-only">{viewer.name}: your account</span>
            </a>
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
