import { HtmlOnce } from '#components/ui/html-once.tsx'
import { Age } from '#components/ui/time.tsx'

type Props = { clarifications: { id: string; html: string; addedAt: Date }[]; now: Date }

/** What the asker added below the details, each with when. */
export function Clarifications({ clarifications, now }: Props) {
  return clarifications.map(({ id, html, addedAt }) => (
    <div key={id} className="mt-5 border-s-2 border-line ps-4">
      <p className="text-sm text-soft">
        Added by the asker <span aria-hidden="true">• </span>
        <Age at={addedAt} now={now} />
      </p>
      <HtmlOnce className="prose mt-1 text-[1.05rem]" html={html} />
    </div>
  ))
}
