import { Mark } from '#components/ui/mark.tsx'
import { paths } from '#lib/paths.ts'

export function Footer() {
  return (
    <footer className="mt-24 border-t border-line print:hidden">
      <div className="mx-auto flex max-w-[70rem] flex-wrap items-center justify-between gap-x-8 gap-y-4 px-5 py-10 text-sm text-soft">
        <p className="flex items-center gap-3">
          <Mark className="h-5 w-auto" />
          Perch: people who have done the job answer questions about it.
        </p>
        <nav aria-label="Foot of the page" className="flex gap-6">
          <a className="quiet-link" href={paths.amas()}>
            AMAs
          </a>
          <a className="quiet-link" href={paths.communities()}>
            Communities
          </a>
        </nav>
      </div>
    </footer>
  )
}
