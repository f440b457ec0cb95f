import { expect, test } from 'vitest'
import { AddRole, canDecide, domainOf, isDomainOf, keeps, whyNoWorkMail, wrongIn } from '#domain/role/rules.ts'

const now = new Date('2026-05-20T12:00:00Z')
const said = { company: 'Acme', title: 'Product Manager', from: '2019-04', to: null }

test.each([
  [{}, null],
  [{ company: null }, null],
  [{ company: null, title: null }, { company: 'Say a company or a title.' }],
  [{ from: '2026-05', to: '2026-05' }, null],
  [{ from: '2026' }, null],
  [{ from: '2026-06' }, { from: 'That is still to come.' }],
  [{ to: '2027' }, { to: 'That is still to come. Leave it empty while you hold the role.' }],
  [{ to: '2019' }, null],
  [{ to: '2019-03' }, { to: 'That is before it began.' }],
  [{ to: '2018' }, { to: 'That is before it began.' }],
])('Of a role with %j this is wrong: %j', (given, wrong) => {
  expect(wrongIn({ ...said, ...given }, now)).toEqual(wrong)
})

test('A form of a role wants to know since when, in a year or a month', () => {
  const typed = { company: ' Acme ', title: '', from: '2019-04', to: '' }
  expect(AddRole.parse(typed)).toMatchObject({ company: 'Acme', title: null, from: '2019-04', to: null })
  for (const from of ['', '19', '2019-13', 'May 2019']) expect(AddRole.safeParse({ ...typed, from }).success, from).toBe(false)
})

test.each([
  ['gmail.com', true],
  ['mail.gmail.com', true],
  ['yahoo.co.uk', true],
  ['mailinator.com', true],
  ['localhost', true],
  ['acme.example', false],
  ['eng.adobe.com', false],
])('An address at %s shows no job: %s', (domain, refused) => {
  expect(whyNoWorkMail(domain) !== null).toBe(refused)
})

test('Of an address its domain is kept', () => {
  expect(domainOf('ada@eng.acme.example')).toBe('eng.acme.example')
})

test.each([
  ['acme.example', 'Acme', true],
  ['eng.acme.co.uk', 'ACME Inc.', true],
  ['glass-work.com', 'Glass Work', true],
  ['glasswork.com', 'Glass Work GmbH', true],
  ['acme.example', 'Acme Glass', false],
  ['glass-work-gmbh.com', 'Glass Work GmbH', true],
  ['notacme.com', 'Acme', false],
  // A hyphen where the name has no space is somebody else's domain.
  ['goo-gle.com', 'Google', false],
  ['u-ber.net', 'Uber', false],
  ['gla-sswork.com', 'Glass Work', false],
  ['acme.evil.com', 'Acme', false],
  // Whoever rents out names is not who rented one.
  ['acme.github.io', 'Acme', false],
  ['acme.example', null, false],
])('%s is the domain of %s: %s', (domain, company, is) => {
  expect(isDomainOf(domain, company)).toBe(is)
})

const somebody = { memberId: 'm', handle: 'm', name: 'M', portraitId: null, sessionId: 's', provedAt: now }
const rights = { admin: false, mentor: false, hosts: [], moderates: [], coHosts: [], suspendedUntil: null }

test.each([
  [null, false],
  [{ ...somebody, ...rights }, false],
  [{ ...somebody, ...rights, hosts: ['here'] }, true],
  [{ ...somebody, ...rights, moderates: ['here'] }, true],
  [{ ...somebody, ...rights, hosts: ['elsewhere'], moderates: ['elsewhere'] }, false],
  [{ ...somebody, ...rights, admin: true }, true],
  [{ ...somebody, ...rights, admin: true, suspendedUntil: now }, false],
])('%# keeps the community: %s', (viewer, may) => {
  expect(keeps(viewer, 'here')).toBe(may)
  expect(canDecide(viewer, { memberId: 'another', communityId: 'here' })).toBe(may)
  expect(canDecide(viewer, { memberId: 'm', communityId: 'here' }), 'of their own').toBe(false)
})
