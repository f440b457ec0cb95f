/**
 * Time as pages say it. Nothing is imported here, so that the browser's bundle can use all of it; what needs the zone
 * database's arithmetic is in lib/zone.ts.
 */

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

/**
 * How long ago, in the largest unit that is whole: now, 5m, 3h, 2d, 3w, 2mo, 4y. Minutes, hours, days and weeks are
 * lengths; months and years are the calendar's (in UTC), so that May 31 is one month old on June 30's morrow and a year
 * old on the next May 31. Under a minute, and in the future (clocks differ a little), it is "now".
 */
export function age(from: Date, now: Date): string {
  const passed = now.getTime() - from.getTime()
  if (passed < minute) return 'now'
  if (passed < hour) return `${Math.floor(passed / minute)}m`
  if (passed < day) return `${Math.floor(passed / hour)}h`
  if (passed < week) return `${Math.floor(passed / day)}d`
  const months = monthsBetween(from, now)
  if (months < 1) return `${Math.floor(passed / week)}w`
  if (months < 12) return `${months}mo`
  return `${Math.floor(months / 12)}y`
}

/** "May 31, 2022, 5:00 PM UTC", for the title of a `<time>`. Throws RangeError for an unknown zone. */
export function fullDate(date: Date, timeZone = 'UTC'): string {
  return plainSpaces(fullFormat(timeZone).format(date)).replace(' at ', ', ')
}

/** "May 31", and with the year once it is another one: "May 31, 2022". Throws RangeError for an unknown zone. */
export function shortDate(date: Date, now: Date, timeZone = 'UTC'): string {
  const then = wallClock(date, timeZone)
  const today = wallClock(now, timeZone)
  return then.year === today.year ? `${then.month} ${then.day}` : `${then.month} ${then.day}, ${then.year}`
}

/**
 * The start in the reader's own zone, to stand beside the given zone's: "19:00 your time", or with its day where that is
 * another one there: "Wed Jun 1, 3:00 your time". The reader's locale decides between 19:00 and 7:00PM; the words stay
 * English, as the site is. Null where both clocks show the same, and for a zone or locale that this engine does not know.
 */
export function readersTime(startsAt: Date, givenZone: string, readerZone: string, locale: string): string | null {
  try {
    const given = wallClock(startsAt, givenZone)
    const own = wallClock(startsAt, readerZone)
    const sameDay = own.day === given.day && own.month === given.month
    if (sameDay && own.hour === given.hour && own.minute === given.minute) return null
    const time = has12Hours(locale) ? clock12(own) : clock24(own)
    return sameDay ? `${time} your time` : `${own.weekday} ${own.month} ${own.day}, ${time} your time`
  } catch (error) {
    // A browser may report a zone that Intl itself refuses ("Etc/Unknown"); the given zone's time still stands there.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** "40 seconds", "1 minute", "2 hours": never shorter than so many seconds. */
export function spokenDuration(seconds: number): string {
  if (seconds < 100) return spoken(Math.ceil(seconds), 'second')
  if (seconds < 100 * 60) return spoken(Math.ceil(seconds / 60), 'minute')
  return spoken(Math.ceil(seconds / 3_600), 'hour')
}

/**
 * How long until then, in the two largest units that are whole: "3 days 4 hours", "12 minutes 30 seconds"; `coarse` without
 * seconds. Null once it is there.
 */
export function untilThen(then: Date, now: Date, coarse: boolean): string | null {
  const left = then.getTime() - now.getTime()
  if (left <= 0) return null
  const units = [
    [Math.floor(left / day), 'day'],
    [Math.floor((left % day) / hour), 'hour'],
    [Math.floor((left % hour) / minute), 'minute'],
    [coarse ? 0 : Math.floor((left % minute) / second), 'second'],
  ] as const
  const first = units.findIndex(([count]) => count > 0)
  const shown = first < 0 ? [] : units.slice(first, first + 2).filter(([count]) => count > 0)
  if (!shown.length) return coarse ? 'less than a minute' : 'a second'
  return shown.map(([count, unit]) => spoken(count, unit)).join(' ')
}

const spoken = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`

export type WallClock = { year: string; month: string; day: string; weekday: string; hour: number; minute: string }

/** What a calendar and a clock on the wall show there: { year: '2022', month: 'May', day: '31', weekday: 'Tue', hour: 10, minute: '00' }. */
export function wallClock(date: Date, timeZone: string): WallClock {
  const shown = { year: '', month: '', day: '', weekday: '', hour: 0, minute: '' }
  for (const { type, value } of wallFormat(timeZone).formatToParts(date)) {
    if (type === 'hour') shown.hour = Number(value)
    if (type === 'year' || type === 'month' || type === 'day' || type === 'weekday' || type === 'minute') shown[type] = value
  }
  return shown
}

/** "10:00AM" */
export function clock12({ hour, minute }: WallClock): string {
  return `${hour % 12 || 12}:${minute}${hour < 12 ? 'AM' : 'PM'}`
}

const clock24 = ({ hour, minute }: WallClock) => `${hour}:${minute}`

function monthsBetween(from: Date, now: Date): number {
  const months = (now.getUTCFullYear() - from.getUTCFullYear()) * 12 + now.getUTCMonth() - from.getUTCMonth()
  return sinceMonthBegan(now) < sinceMonthBegan(from) ? months - 1 : months
}

const sinceMonthBegan = (date: Date) => date.getTime() - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)

// Making a formatter takes a hundred times as long as using it. The keys are zones and locales, of which there are few
// hundred; unknown ones throw before they are kept.
const fullFormat = kept(
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    }),
)

const wallFormat = kept(
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
)

const has12Hours = kept((locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true)

/** Makes a thing for each key once: what Intl makes takes longer than a page has time for. */
export function kept<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

// ICU puts a narrow no-break space before AM, and engines differ in it.
const plainSpaces = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
