import type { ReactNode } from 'react'
import { Html } from '#components/ui/html.tsx'
import { ShortDate } from '#components/ui/time.tsx'
import type { AnswerVersionView } from '#domain/answer/queries.ts'

type Props = {
  version: AnswerVersionView
  now: Date
  children?: ReactNode
}

/** What an answer said before it was changed, until when, and why it was changed. */
export function VersionRow({ version, now, children }: Props) {
  const { writtenAt, replacedAt, reason, html, removedAt, removeReason } = version
  return (
    <li className="grid gap-3 py-6">
      <p className="text-[0.95rem] text-soft">
        From <ShortDate at={writtenAt} now={now} /> until <ShortDate at={replacedAt} now={now} />, when it was changed: <q>{reason}</q>
      </p>
      {html !== null && <Html className="prose font-serif" html={html} />}
      {removedAt && (
        <p>
          This text was removed on <ShortDate at={removedAt} now={now} />: <q>{removeReason}</q>
        </p>
      )}
      {children}
    </li>
  )
}
