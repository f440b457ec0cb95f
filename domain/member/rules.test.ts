import { expect, test } from 'vitest'
import {
  byline,
  ChooseDirect,
  firstName,
  isReturnDay,
  mentorsHeading,
  Role,
  roleDates,
  roleNow,
  whyNotDirectly,
} from '#domain/member/rules.ts'

test.each([
  [{ company: 'Northwind', title: 'Head of Drivers' }, 'Northwind Head of Drivers'],
  [{ company: null, title: 'Independent coach' }, 'Independent coach'],
  [{ company: 'Northwind', title: null }, 'Northwind'],
  [{ company: null, title: null }, 'Ada Osei'],
])('the byline of %o', (role, text) => {
  expect(byline(role, 'Ada Osei')).toBe(text)
})

test.each([
  ['2019', '2021-03', '2019 to Mar 2021'],
  ['2021-12', null, 'since Dec 2021'],
  [null, '2019', 'until 2019'],
  [null, null, null],
])('a role from %s to %s', (startedOn, endedOn, text) => {
  expect(roleDates({ startedOn, endedOn })).toBe(text)
})

test.each([
  [{ company: 'Northwind', from: '2019', to: '2021' }, true],
  [{ title: 'Coach', from: '2019-13' }, false],
  [{ title: 'Coach', from: '2021', to: '2019' }, false],
  [{ from: '2019' }, false],
])('the role %o is valid: %s', (role, valid) => {
  expect(Role.safeParse(role).success).toBe(valid)
})

test('a button says the first name', () => {
  expect(firstName('Navin de la Cruz')).toBe('Navin')
})

test('the heading of mentors promises "top" only once three have proved it', () => {
  expect(mentorsHeading('Product Management', true)).toBe('Top Product Management Mentors')
  expect(mentorsHeading('Product Management', false)).toBe('Mentors in Product Management')
})

test.each([
  [{}, null],
  [{ directLimit: 0 }, 'Ada Osei takes no questions directly.'],
  [{ pausedUntil: new Date('2026-12-01') }, 'Ada Osei takes a break, and is back on Dec 1, 2026.'],
  [{ pausedUntil: new Date('2026-11-22') }, null],
  [{ directLimit: 3, waiting: 2 }, null],
  [{ directLimit: 3, waiting: 3 }, 'Ada Osei takes no more questions until some of those that wait (3) are answered.'],
])('A mentor who has set %j says to who would ask: %s', (set, said) => {
  const mentor = { name: 'Ada Osei', directLimit: null, pausedUntil: null, waiting: 0, ...set }
  expect(whyNotDirectly(mentor, new Date('2026-11-22T12:00:00Z'))).toBe(said)
})

test.each([
  [{ direct: 'some', most: '5', pausedUntil: '' }, true],
  [{ direct: 'some', most: '', pausedUntil: '' }, false],
  [{ direct: 'on', most: '', pausedUntil: '2027-01-15' }, true],
  [{ direct: 'some', most: '0', pausedUntil: '' }, false],
  [{ direct: 'some', most: '1.5', pausedUntil: '' }, false],
  [{ direct: 'off', most: '', pausedUntil: '2027-13-01' }, false],
])('What is sent of questions to oneself: %j is taken: %s', (sent, taken) => {
  expect(ChooseDirect.safeParse(sent).success).toBe(taken)
})

test('A pause ends from tomorrow on, within a year', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  for (const [day, good] of [
    ['2026-11-22', false],
    ['2026-11-23', true],
    ['2027-11-22', true],
    ['2027-11-25', false],
  ] as const) {
    expect(isReturnDay(new Date(day), now)).toBe(good)
  }
})

test.each([
  [{ company: 'Uber', title: 'PM' }, { company: 'Adobe', title: 'PM' }, 'now Adobe'],
  [{ company: 'Uber', title: 'PM' }, { company: 'Uber', title: 'Director' }, 'now Director'],
  [{ company: 'Uber', title: 'PM' }, { company: 'Uber', title: 'PM' }, null],
  [{ company: 'Uber', title: 'PM' }, { company: null, title: 'Coach' }, null],
  [{ company: null, title: null }, { company: 'Adobe', title: 'PM' }, 'now Adobe'],
  [{ company: 'Uber', title: 'PM' }, { company: null, title: null }, null],
])('Beside an answer of %j a mentor who is %j has %j', (then, now, said) => {
  expect(roleNow(then, now)).toBe(said)
})
