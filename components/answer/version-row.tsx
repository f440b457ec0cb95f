import type { ComponentType, ReactNode } from 'react'
import { ShortDate } from '#components/ui/time.tsx'
import type { AnswerVersionView } from '#domain/answer/queries.ts'

type Props = {
  version: AnswerVersionView
  now: Date
  /** How its HTML gets onto the page. */
  as: ComponentType<{ html: string; className: string }>
  children?: ReactNode
}

/** What an answer said before it was changed, until when, and why it was changed. */
export function VersionRow({ version, now, as: Text, children }: Props) {
  const { writtenAt, replacedAt, reason, html, removedAt, removeReason } = version
  return (
    <li className="grid gap-3 py-6">
      <p className="text-[0.95rem] text-soft">
        From <ShortDate at={writtenAt} now={now} /> until <ShortDate at={replacedAt} now={now} />, when it was changed: <q>{reason}</q>
      </p>
      {html !== null && <Text className="prose font-serif" html={html} />}
      {removedAt && (
        <p>
          This text was removed on <ShortDate at={removedAt} now={now} />: <q>{removeReason}</q>
        </p>
      )}
      {children}
    </li>
  )
}
