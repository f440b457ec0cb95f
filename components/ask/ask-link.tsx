import { type AskWhere, paths } from '#lib/paths.ts'

/** The way from a place to asking there. */
export function AskLink({ where, children = 'Ask a question' }: { where: AskWhere; children?: string }) {
  return (
    <p className="mt-6" data-no-print="">
      <a className="button" href={paths.ask(where)} rel="nofollow">
        {children}
      </a>
    </p>
  )
}
