import papa from 'papaparse'
import { afterEach, expect, test, vi } from 'vitest'
import '../../../auth.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makeAnswer, makeCommunity, makeQuestion } from '#testing/factories.ts'
import { makePerson, visitOf } from '#testing/people.ts'
import { GET } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
afterEach(() => browser.jar.clear())

/** A mentor who is signed in, with an answer to a question of this title. */
async function beMentor(title: string) {
  const person = await makePerson()
  await db().member.update({ where: { id: person.memberId }, data: { mentorSince: new Date(), timeZone: 'Asia/Kolkata' } })
  const question = await makeQuestion((await makeCommunity()).id, { title, requestBase: 3 })
  const answer = await makeAnswer(question.id, person.memberId, { answeredAt: new Date() })
  const { token } = await visitOf(person)
  await keepInBrowser({ session: { token, expiresAt: new Date(Date.now() + 3_600_000) } })
  return { question, answer }
}

async function load(what: 'days' | 'answers', range?: string) {
  const url = `https://perch.example${paths.insightsFile(what, range)}`
  const response = await GET(new Request(url), { params: Promise.resolve({ file: new URL(url).pathname.split('/').at(-1) }) })
  return { response, rows: papa.parse<string[]>((await response.text()).replace(/^\ufeff/, ''), { skipEmptyLines: true }).data }
}

test.each([
  ['Who said "no, never", and why?', 'Who said "no, never", and why?'],
  ['=HYPERLINK("https://evil.example","Click")', '\'=HYPERLINK("https://evil.example","Click")'],
  ['+1 800 555 0100: who answers?', "'+1 800 555 0100: who answers?"],
  ['-2+3 is how much, and why?', "'-2+3 is how much, and why?"],
  ['@SUM(A1:A9) of a week', "'@SUM(A1:A9) of a week"],
])('A question called %s is one cell, and no formula', async (title, cell) => {
  const { question, answer } = await beMentor(title)
  const { response, rows } = await load('answers', '7')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="perch-7-days-answers.csv"')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(rows).toEqual([
    ['Question', 'Address', 'Answered', 'Views', 'People helped', 'Helpful', 'Still waiting'],
    [cell, `https://perch.example${paths.answer(question.slug, answer.id)}`, expect.stringMatching(/\+05:30$/), '0', '3', '0', '0'],
  ])
})

test('Days are all there, each with its numbers, and what is no range is a month', async () => {
  await beMentor('What do you do on the first day?')
  for (const [range, length] of [
    ['7', 7],
    ['365', 365],
    ['made-up', 30],
    [undefined, 30],
  ] as const) {
    const { rows } = await load('days', range)
    expect(rows[0]).toEqual(['Day', 'Views', 'Readers', 'People helped', 'Helpful'])
    expect(rows).toHaveLength(length + 1)
    // On the last day, or on the one before where it was midnight just now.
    expect(rows.slice(-2).reduce((sum, row) => sum + Number(row[3]), 0)).toBe(3)
  }
})
