import { age, fullDate, shortDate } from '#lib/time.ts'

type Props = { at: Date; now: Date }

/** "4y", with the full date on hover. Young ages go on counting in the browser. */
export function Age({ at, now }: Props) {
  return (
    <time dateTime={at.toISOString()} title={fullDate(at)} data-age="">
      {age(at, now)}
    </time>
  )
}

/** "May 31", with the year once it is another one, and the age on hover. */
export function ShortDate({ at, now }: Props) {
  return (
    <time dateTime={at.toISOString()} title={`${fullDate(at)} (${age(at, now)})`}>
      {shortDate(at, now)}
    </time>
  )
}
