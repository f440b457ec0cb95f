import { type AskWhere, paths } from '#lib/paths.ts'

/** The way from a place to asking there. */
export function AskLink({
  where,
  children = 'Ask a question',
  className = 'mt-6',
}: {
  where: AskWhere
  children?: string
  className?: string
}) {
  return (
    <p className={className} data-no-print="">
      <a className="button" href={paths.ask(where)} rel="nofollow">
        {children}
      </a>
    </p>
  )
}
