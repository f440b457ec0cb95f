import { fullDate } from '#lib/time.ts'

type Props = { suspended: { until: Date; why: string | null } | null }

/** Why somebody can do next to nothing here, until when, and what they can do all the same. */
export function Suspended({ suspended }: Props) {
  if (!suspended) return null
  return (
    <p role="alert" className="form-message">
      This account is suspended until {fullDate(suspended.until)}. {suspended.why} Until then you can read, download your data and delete
      the account.
    </p>
  )
}
