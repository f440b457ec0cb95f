import { expect, test } from 'vitest'
import { byline, firstName, mentorsHeading, Role, roleDates } from '#domain/member/rules.ts'

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
