import type { ComponentType } from 'react'
import { Age } from '#components/ui/time.tsx'

type Props = {
  clarifications: { id: string; html: string; addedAt: Date }[]
  /** Html, or HtmlOnce on a page that is only ever loaded whole. */
  as: ComponentType<{ html: string; className: string }>
  now: Date
}

/** What the asker added below the details, each with when. */
export function Clarifications({ clarifications, as: Text, now }: Props) {
  return clarifications.map(({ id, html, addedAt }) => (
    <div key={id} className="mt-5 border-s-2 border-line ps-4">
      <p className="text-sm text-soft">
        Added by the asker <span aria-hidden="true">• </span>
        <Age at={addedAt} now={now} />
      </p>
      <Text className="prose mt-1 text-[1.05rem]" html={html} />
    </div>
  ))
}
