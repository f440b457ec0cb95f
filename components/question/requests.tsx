import { Wire } from '#components/ui/wire.tsx'
import { count } from '#lib/count.ts'

/** "4 requests", with as many birds on the wire. */
export function Requests({ question }: { question: { id: string; requestCount: number } }) {
  return (
    <span className="inline-flex items-center gap-2.5" {...place(question)}>
      <Wire perched={question.requestCount} />
      <span data-words="">{count(question.requestCount, 'request')}</span>
    </span>
  )
}

/** The number alone, for lists. */
export function RequestCount({ question }: { question: { id: string; requestCount: number } }) {
  return (
    <span {...place(question)}>
      <span data-words="">{count(question.requestCount, 'request')}</span>
    </span>
  )
}

/** Where components/enhance/press.ts writes the number; nobody sees it before the first one is counted. */
function place({ id, requestCount }: { id: string; requestCount: number }) {
  return { hidden: !requestCount, 'data-number-of': `request:${id}`, 'data-word': 'request', 'data-count': requestCount }
}
