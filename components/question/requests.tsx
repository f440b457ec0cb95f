import { Wire } from '#components/ui/wire.tsx'
import { count } from '#lib/count.ts'

/** "4 requests", with as many birds on the wire. */
export function Requests({ count: requests }: { count: number }) {
  const text = count(requests, 'request')
  return (
    text && (
      <span className="inline-flex items-center gap-2.5">
        <Wire perched={requests} />
        {text}
      </span>
    )
  )
}
