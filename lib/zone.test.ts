import { describe, expect, test } from 'vitest'
import { wallClock } from '#lib/time.ts'
import { amaDate, instantOf, instantsOf, lastDays, offsetTime, zoneName } from '#lib/zone.ts'

describe('the instant of a local time', () => {
  test.each([
    ['2022-05-31T10:00:00', 'America/Los_Angeles', '2022-05-31T17:00:00Z'],
    ['2022-05-31T10:00', 'America/Los_Angeles', '2022-05-31T17:00:00Z'],
    ['2026-01-15T10:00:00', 'UTC', '2026-01-15T10:00:00Z'],
    ['2026-03-08T01:59:59', 'America/New_York', '2026-03-08T06:59:59Z'],
    ['2026-03-08T03:00:00', 'America/New_York', '2026-03-08T07:00:00Z'],
    ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['2026-04-05T03:00:00', 'Australia/Sydney', '2026-04-04T17:00:00Z'],
    ['2026-10-04T02:30:00', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['2026-09-27T03:45:00', 'Pacific/Chatham', '2026-09-26T14:00:00Z'],
    // Morocco's clocks go back for Ramadan, and British Columbia's and Alberta's stay on summer time from 2026.
    ['2026-03-01T12:00:00', 'Africa/Casablanca', '2026-03-01T12:00:00Z'],
    ['2026-05-01T12:00:00', 'Africa/Casablanca', '2026-05-01T11:00:00Z'],
    ['2026-12-01T10:00:00', 'America/Vancouver', '2026-12-01T17:00:00Z'],
    ['2025-12-01T10:00:00', 'America/Vancouver', '2025-12-01T18:00:00Z'],
    ['2026-12-01T10:00:00', 'America/Edmonton', '2026-12-01T16:00:00Z'],
    ['2026-12-01T10:00:00', 'America/Denver', '2026-12-01T17:00:00Z'],
    ['2026-12-01T10:00:00', 'Asia/Kathmandu', '2026-12-01T04:15:00Z'],
    ['2028-02-29T10:00:00', 'Asia/Tokyo', '2028-02-29T01:00:00Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toEqual(new Date(instant))
  })

  test.each([
    ['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['2026-10-25T02:00:00', 'Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['2026-10-25T02:59:59', 'Europe/Berlin', '2026-10-25T00:59:59Z'],
    ['2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
    ['2026-04-05T03:00:00', 'Pacific/Chatham', '2026-04-04T13:15:00Z'],
  ])('%s in %s, which a clock shows twice, is the earlier one, %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toEqual(new Date(instant))
  })

  test.each([
    ['a time that a clock skips', '2026-03-08T02:30:00', 'America/New_York'],
    ['the first second that a clock skips', '2026-03-29T02:00:00', 'Europe/Berlin'],
    ['half an hour that a clock skips', '2026-10-04T02:15:00', 'Australia/Lord_Howe'],
    ['an hour at a quarter to three', '2026-09-27T02:45:00', 'Pacific/Chatham'],
    ['the day that Samoa skipped', '2011-12-30T10:00:00', 'Pacific/Apia'],
    ['a zone that is none', '2026-01-01T10:00:00', 'Mars/Olympus'],
    ['an empty zone', '2026-01-01T10:00:00', ''],
    ['an offset', '2026-01-01T10:00:00', '+05:30'],
    ['a day that is none', '2026-02-29T10:00:00', 'UTC'],
    ['an hour that is none', '2026-02-01T24:00:00', 'UTC'],
    ['a second that is none', '2026-12-31T23:59:60', 'UTC'],
    ['a time with an offset', '2026-01-01T10:00:00Z', 'UTC'],
    ['a date alone', '2026-01-01', 'UTC'],
    ['words', 'tomorrow at ten', 'UTC'],
  ])('is refused for %s', (_, local, zone) => {
    expect(() => instantOf(local, zone)).toThrow(RangeError)
  })

  test('is what the wall there shows, in every zone, all through five years', () => {
    const instants = Array.from({ length: 5 * 12 }, (_, month) => new Date(Date.UTC(2024, month, 1 + (month % 28), 7, 41)))
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      for (const instant of instants) {
        // A sample may fall into an hour that a clock shows twice, of which the earlier is meant.
        const back = instantOf(offsetTime(instant, zone).slice(0, 19), zone)
        expect(wallClock(back, zone), `${instant.toISOString()} in ${zone}`).toEqual(wallClock(instant, zone))
        expect(back <= instant).toBe(true)
      }
    }
  }, 60_000)
})

test.each([
  ['2022-05-31T17:00:00Z', 'America/Los_Angeles', 'May 31, 2022 @ 10:00AM PT'],
  ['2022-12-31T17:00:00Z', 'America/Los_Angeles', 'Dec 31, 2022 @ 9:00AM PT'],
  ['2022-05-31T17:00:00Z', 'Asia/Kolkata', 'May 31, 2022 @ 10:30PM Kolkata time'],
  ['2022-05-31T17:00:00Z', 'America/Argentina/Buenos_Aires', 'May 31, 2022 @ 2:00PM Buenos Aires time'],
  ['2022-05-31T16:00:00Z', 'America/New_York', 'May 31, 2022 @ 12:00PM ET'],
  ['2022-05-31T04:05:00Z', 'America/New_York', 'May 31, 2022 @ 12:05AM ET'],
  ['2022-05-31T17:00:00Z', 'UTC', 'May 31, 2022 @ 5:00PM UTC'],
])('a start at %s in %s is shown as %s', (instant, zone, expected) => {
  expect(amaDate(new Date(instant), zone)).toBe(expected)
})

test.each([
  ['America/Denver', 'MT', 'MT'],
  ['America/Chicago', 'CT', 'CT'],
  ['America/Toronto', 'ET', 'ET'],
  ['America/Kentucky/Louisville', 'ET', 'ET'],
  ['America/Halifax', 'AT', 'AT'],
  ['America/St_Johns', 'NT', 'NT'],
  ['America/Anchorage', 'AKT', 'AKT'],
  ['Pacific/Honolulu', 'HST', 'HST'],
  ['America/Phoenix', 'MST', 'MST'],
  ['America/Puerto_Rico', 'AST', 'AST'],
  ['America/Adak', 'Adak time', 'Adak time'],
  ['US/Pacific', 'PT', 'PT'],
  // "PT" in Vancouver would be an hour off in winter, and "MT" in Edmonton.
  ['America/Vancouver', 'PT', 'Vancouver time'],
  ['America/Edmonton', 'MT', 'Edmonton time'],
  ['America/Tijuana', 'Tijuana time', 'Tijuana time'],
  ['America/Mexico_City', 'Mexico City time', 'Mexico City time'],
  ['America/Sao_Paulo', 'São Paulo time', 'São Paulo time'],
  ['Asia/Calcutta', 'Kolkata time', 'Kolkata time'],
  ['asia/kolkata', 'Kolkata time', 'Kolkata time'],
  ['Europe/Kiev', 'Kyiv time', 'Kyiv time'],
  ['Europe/London', 'London time', 'London time'],
  ['Etc/UTC', 'UTC', 'UTC'],
  ['GMT', 'UTC', 'UTC'],
  ['Etc/GMT+5', 'UTC-5', 'UTC-5'],
  ['Etc/GMT-14', 'UTC+14', 'UTC+14'],
])('%s is called %s in summer and %s in winter', (zone, summer, winter) => {
  expect([zoneName(new Date('2026-07-01T12:00:00Z'), zone), zoneName(new Date('2026-12-01T12:00:00Z'), zone)]).toEqual([summer, winter])
})

test('every zone has a name to be read', () => {
  for (const zone of Intl.supportedValuesOf('timeZone'))
    expect(zoneName(new Date(), zone)).toMatch(/^([A-Z]\p{L}*([ .'-]\p{L}+)* time|[A-Z][A-Za-z]{1,3}|UTC)$/u)
  expect(() => zoneName(new Date(), 'Mars/Olympus')).toThrow(RangeError)
})

test.each([
  ['2026-03-08T02:30', 'America/Los_Angeles', []],
  ['2026-11-01T01:30', 'America/Los_Angeles', ['2026-11-01T08:30:00Z', '2026-11-01T09:30:00Z']],
  ['2026-10-04T02:15', 'Australia/Lord_Howe', []],
  ['2026-04-05T01:45', 'Australia/Lord_Howe', ['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z']],
  ['2026-10-04T02:30', 'Australia/Sydney', []],
  ['2026-04-05T02:30', 'Australia/Sydney', ['2026-04-04T15:30:00Z', '2026-04-04T16:30:00Z']],
  ['2026-03-08T02:30', 'Asia/Kolkata', ['2026-03-07T21:00:00Z']],
])('clocks that show %s in %s do so at %j', (local, zone, instants) => {
  expect(instantsOf(local, zone)).toEqual(instants.map((instant) => new Date(instant)))
})

test.each([
  // A day of 23 hours, one of 25, one of 23 and a half, and one that begins at one o'clock.
  ['America/Los_Angeles', '2026-03-09T12:00:00Z', ['2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'], '2026-03-10T07:00:00Z'],
  ['America/Los_Angeles', '2026-11-01T20:00:00Z', ['2026-10-31T07:00:00Z', '2026-11-01T07:00:00Z'], '2026-11-02T08:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T20:00:00Z', ['2026-10-02T13:30:00Z', '2026-10-03T13:30:00Z'], '2026-10-04T13:00:00Z'],
  ['America/Santiago', '2026-09-06T12:00:00Z', ['2026-09-05T04:00:00Z', '2026-09-06T04:00:00Z'], '2026-09-07T03:00:00Z'],
  ['UTC', '2026-01-01T00:00:00Z', ['2025-12-31T00:00:00Z', '2026-01-01T00:00:00Z'], '2026-01-02T00:00:00Z'],
])('the last two days in %s at %s begin and end there', (zone, now, begins, end) => {
  const last = lastDays(2, new Date(now), zone)
  expect(last.days.map((each) => each.begins)).toEqual(begins.map((instant) => new Date(instant)))
  expect(last.days.map(({ day }) => day)).toEqual(begins.map((instant) => offsetTime(new Date(instant), zone).slice(0, 10)))
  expect(last.end).toEqual(new Date(end))
})
