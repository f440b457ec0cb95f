import type { Thing } from '#domain/moderation-event/rules.ts'
import { paths } from '#lib/paths.ts'

/** "Report", on whatever somebody wrote. It says of what to those who hear links alone. */
export function ReportLink({ thing, id, of }: { thing: Thing; id: string; of: string }) {
  return (
    <a className="quiet-link inline-block py-1 text-sm text-soft print:hidden" href={paths.report(thing, id)} rel="nofollow">
      Report<span className="sr-only"> {of}</span>
    </a>
  )
}
