import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { age, fullDate, readersTime, shortDate, untilThen } from '#lib/time.ts'

const at = (iso: string) => new Date(iso)

describe('an age', () => {
  test.each([
    ['2026-11-22T12:00:00Z', '2026-11-22T11:59:59Z', 'now'],
    ['2026-11-22T12:00:00Z', '2026-11-22T12:00:59.999Z', 'now'],
    ['2026-11-22T12:00:00Z', '2026-11-22T12:01:00Z', '1m'],
    ['2026-11-22T12:00:00Z', '2026-11-22T12:59:59Z', '59m'],
    ['2026-11-22T12:00:00Z', '2026-11-22T13:00:00Z', '1h'],
    ['2026-11-22T12:00:00Z', '2026-11-23T11:59:59Z', '23h'],
    ['2026-11-22T12:00:00Z', '2026-11-23T12:00:00Z', '1d'],
    ['2026-11-22T12:00:00Z', '2026-11-29T11:59:59Z', '6d'],
    ['2026-11-22T12:00:00Z', '2026-11-29T12:00:00Z', '1w'],
    ['2026-11-22T12:00:00Z', '2026-12-22T11:59:59Z', '4w'],
    ['2026-11-22T12:00:00Z', '2026-12-22T12:00:00Z', '1mo'],
    ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '1mo'],
    ['2026-01-31T00:00:00Z', '2026-02-28T23:59:59Z', '4w'],
    ['2026-01-31T00:00:00Z', '2026-03-31T00:00:00Z', '2mo'],
    ['2025-11-22T12:00:00Z', '2026-11-22T11:59:59Z', '11mo'],
    ['2025-11-22T12:00:00Z', '2026-11-22T12:00:00Z', '1y'],
    ['2022-05-31T17:00:00Z', '2026-11-22T00:00:00Z', '4y'],
    ['2022-05-31T17:00:00Z', '2027-05-31T16:59:59Z', '4y'],
    ['2024-02-29T00:00:00Z', '2025-02-28T23:59:59Z', '11mo'],
    ['2024-02-29T00:00:00Z', '2025-03-01T00:00:00Z', '1y'],
  ])('from %s to %s is %s', (from, now, expected) => {
    expect(age(at(from), at(now))).toBe(expected)
  })

  test('never goes back while time passes', () => {
    const units = ['m', 'h', 'd', 'w', 'mo', 'y']
    const rank = (text: string) => (text === 'now' ? 0 : (units.indexOf(text.replace(/\d+/, '')) + 1) * 1_000 + Number.parseInt(text, 10))
    const date = fc.date({ min: at('1990-01-01'), max: at('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(date, fc.nat(3_000 * 86_400_000), fc.nat(40 * 86_400_000), (from, passed, more) => {
        const first = age(from, new Date(from.getTime() + passed))
        const later = age(from, new Date(from.getTime() + passed + more))
        expect(first).toMatch(/^(now|[1-9]\d*(m|h|d|w|mo|y))$/)
        expect(rank(later)).toBeGreaterThanOrEqual(rank(first))
      }),
      { numRuns: 2_000 },
    )
  })
})

test('a full date says its zone', () => {
  expect(fullDate(at('2022-05-31T17:00:00Z'))).toBe('May 31, 2022, 5:00 PM UTC')
  expect(fullDate(at('2022-05-31T17:00:00Z'), 'America/Los_Angeles')).toBe('May 31, 2022, 10:00 AM PDT')
  expect(fullDate(at('2022-09-01T00:05:00Z'), 'Asia/Kolkata')).toBe('September 1, 2022, 5:35 AM GMT+5:30')
})

test('a short date has the year once it is another one', () => {
  expect(shortDate(at('2026-05-31T17:00:00Z'), at('2026-12-31T23:59:59Z'))).toBe('May 31')
  expect(shortDate(at('2026-05-31T17:00:00Z'), at('2027-01-01T00:00:00Z'))).toBe('May 31, 2026')
  expect(shortDate(at('2026-12-31T23:30:00Z'), at('2027-01-01T08:00:00Z'), 'Asia/Tokyo')).toBe('Jan 1')
})

describe('the time of the reader', () => {
  const start = at('2022-05-31T17:00:00Z')
  test.each([
    ['Europe/Berlin', 'de-DE', '19:00 your time'],
    ['Europe/Berlin', 'en-US', '7:00PM your time'],
    ['Europe/London', 'en-GB', '18:00 your time'],
    ['Africa/Nairobi', 'sw-KE', '20:00 your time'],
    ['Asia/Riyadh', 'en-US-u-hc-h23', '20:00 your time'],
    ['Asia/Tokyo', 'ja-JP', 'Wed Jun 1, 2:00 your time'],
    ['Asia/Kolkata', 'en-IN', '10:30PM your time'],
    ['Pacific/Auckland', 'en-NZ', 'Wed Jun 1, 5:00AM your time'],
    ['America/New_York', 'en-US', '1:00PM your time'],
    ['Pacific/Honolulu', 'en-US', '7:00AM your time'],
    ['America/Vancouver', 'en-CA', null],
    ['America/Los_Angeles', 'de-DE', null],
    ['Etc/Unknown', 'en-US', null],
    ['Europe/Berlin', 'not a locale', null],
  ])('in %s with %s is %j', (zone, locale, expected) => {
    expect(readersTime(start, 'America/Los_Angeles', zone, locale)).toBe(expected)
  })

  test('is said where the clocks agree and the days do not', () => {
    expect(readersTime(at('2026-07-01T10:00:00Z'), 'Pacific/Honolulu', 'Pacific/Kiritimati', 'en-US')).toBe('Thu Jul 2, 12:00AM your time')
  })

  test('needs the day at midnight, in either direction', () => {
    expect(readersTime(at('2026-01-01T00:00:00Z'), 'UTC', 'America/New_York', 'fr-FR')).toBe('Wed Dec 31, 19:00 your time')
    expect(readersTime(at('2025-12-31T23:00:00Z'), 'UTC', 'Europe/Paris', 'fr-FR')).toBe('Thu Jan 1, 0:00 your time')
  })
})

test('a browser gets the times without any other module', async () => {
  const { readFile } = await import('node:fs/promises')
  expect(await readFile(new URL('./time.ts', import.meta.url), 'utf8')).not.toMatch(/^import/m)
})

test.each([
  [0, false, null],
  [-5_000, false, null],
  [400, false, 'a second'],
  [400, true, 'less than a minute'],
  [45_000, false, '45 seconds'],
  [45_000, true, 'less than a minute'],
  [61_000, false, '1 minute 1 second'],
  [61_000, true, '1 minute'],
  [3_600_000, false, '1 hour'],
  [3_605_000, false, '1 hour'],
  [27 * 3_600_000, true, '1 day 3 hours'],
  [72 * 3_600_000 + 59_000, false, '3 days'],
])('%i milliseconds before it starts (coarse: %s) it is %s until then', (left, coarse, said) => {
  const now = new Date('2026-03-01T12:00:00Z')
  expect(untilThen(new Date(now.getTime() + left), now, coarse)).toBe(said)
})
