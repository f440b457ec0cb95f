import { expect, test } from 'vitest'
import { amaDescription, amaPhase, amaShortTitle, amaTitle, amaTitleParts, LocalTime } from '#domain/ama/rules.ts'

const nadia = { name: 'Nadia Okafor', company: 'Northwind', title: 'Head of Drivers, Relay' }
const ben = { name: 'Ben Adeyemi', company: 'Calder', title: 'Director' }
const free = { name: 'Mina Rao', company: null, title: 'Independent coach' }
const bare = { name: 'Theo Brandt', company: null, title: null }

test.each([
  ['one mentor', [nadia], 'AMA: Northwind Head of Drivers, Relay, Nadia Okafor on Pricing'],
  ['a mentor without a company', [free], 'AMA: Independent coach, Mina Rao on Pricing'],
  ['a mentor without both', [bare], 'AMA: Theo Brandt on Pricing'],
  ['two mentors', [nadia, ben], 'AMA: Nadia Okafor (Northwind) and Ben Adeyemi (Calder) on Pricing'],
  ['three mentors', [nadia, ben, free], 'AMA: Nadia Okafor (Northwind), Ben Adeyemi (Calder) and 1 more on Pricing'],
  ['four mentors', [nadia, ben, free, bare], 'AMA: Nadia Okafor (Northwind), Ben Adeyemi (Calder) and 2 more on Pricing'],
  ['several, one without a company', [free, ben], 'AMA: Mina Rao and Ben Adeyemi (Calder) on Pricing'],
])('the title of an AMA with %s', (_, mentors, title) => {
  expect(amaTitle(mentors, 'Pricing')).toBe(title)
  expect(amaShortTitle(mentors, 'Pricing')).toBe(title.slice('AMA: '.length))
  expect(
    amaTitleParts(mentors, 'Pricing')
      .map(({ text }) => text)
      .join(''),
  ).toBe(title)
})

const ama = { startsAt: new Date('2026-03-01T10:00:00Z'), endsAt: new Date('2026-03-01T11:00:00Z') }

test.each([
  ['2026-03-01T09:59:59Z', 'upcoming'],
  ['2026-03-01T10:00:00Z', 'live'],
  ['2026-03-01T10:59:59Z', 'live'],
  ['2026-03-01T11:00:00Z', 'past'],
])('at %s the AMA is %s', (now, phase) => {
  expect(amaPhase(ama, new Date(now))).toBe(phase)
})

test.each([
  [0, 0, 'Nadia Okafor on Pricing, May 31. Questions are open.'],
  [1, 0, 'Nadia Okafor on Pricing, May 31. 1 question.'],
  [10, 4, 'Nadia Okafor on Pricing, May 31. 10 questions, 4 answered.'],
])('a search result says of %i questions with %i answered', (questionCount, answeredCount, text) => {
  expect(amaDescription({ mentors: [nadia], topic: { name: 'Pricing' }, questionCount, answeredCount }, 'May 31')).toBe(text)
})

test.each([
  ['2022-05-31T10:00:00', true],
  ['2022-05-31T10:00:00Z', false],
  ['2022-05-31T10:00:00+02:00', false],
  ['2022-02-30T10:00:00', false],
  ['2022-05-31', false],
])('%s as a local time: %s', (text, valid) => {
  expect(LocalTime.safeParse(text).success).toBe(valid)
})
