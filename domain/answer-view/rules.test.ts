import { expect, test } from 'vitest'
import { dayBefore, SeenAnswers, sentByReader, viewDay } from '#domain/answer-view/rules.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const headless = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36'
const old = { 'user-agent': firefox, 'accept-language': 'en', host: 'perch.test' }
const browser = { ...old, 'sec-fetch-site': 'same-origin' }

test.each([
  ['2026-11-22T23:59:59.999Z', '2026-11-22'],
  ['2026-11-23T00:00:00.000Z', '2026-11-23'],
  // 11 in the evening in New York is the next day for the count.
  ['2026-11-22T23:00:00-05:00', '2026-11-23'],
])('a view at %s belongs to %s', (at, day) => {
  expect(viewDay(new Date(at))).toBe(day)
})

test('the day before crosses months, leap days and years', () => {
  expect(['2026-03-01', '2028-03-01', '2027-01-01'].map(dayBefore)).toEqual(['2026-02-28', '2028-02-29', '2026-12-31'])
})

test.each<[string, Record<string, string>, boolean]>([
  ['a browser', browser, true],
  ['a browser on plain http, which says its origin only', { ...old, origin: 'http://perch.test' }, true],
  ['a page of another site', { ...browser, 'sec-fetch-site': 'cross-site' }, false],
  ['a page of a sister site', { ...browser, 'sec-fetch-site': 'same-site' }, false],
  ['an address typed by hand', { ...browser, 'sec-fetch-site': 'none' }, false],
  ['a page of another site on plain http', { ...old, origin: 'http://other.test' }, false],
  ['a sandboxed frame', { ...old, origin: 'null' }, false],
  ['a program that says neither', old, false],
  ['somebody without a language', { ...browser, 'accept-language': '' }, false],
  ['somebody without a name', { ...browser, 'user-agent': '' }, false],
  ['Googlebot', { ...browser, 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }, false],
  ['a browser without a head', { ...browser, 'user-agent': headless }, false],
  ['curl', { ...browser, 'user-agent': 'curl/8.14.1' }, false],
])('%s: counted is %s', (_who, headers, counted) => {
  expect(sentByReader(new Headers(headers))).toBe(counted)
})

test('one to twenty answers are taken, ids in one spelling', () => {
  const id = '019aa000-0000-7000-8000-00000000000A'
  expect(SeenAnswers.parse({ answers: [id] })).toEqual({ answers: [id.toLowerCase()] })
  for (const answers of [[], Array(21).fill(id), ['7'], [null], id, undefined]) {
    expect(SeenAnswers.safeParse({ answers }).success).toBe(false)
  }
})
