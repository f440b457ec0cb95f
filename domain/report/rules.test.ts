import { describe, expect, test } from 'vitest'
import { canLookUp, canModerate, canReport, canSuspend, isModerator, isSuspensionDay, SendReport, Suspend } from '#domain/report/rules.ts'
import type { Viewer } from '#lib/viewer.ts'

const somebody: NonNullable<Viewer> = {
  memberId: 'me',
  handle: 'me',
  name: 'Me',
  portraitId: null,
  sessionId: 'here',
  provedAt: new Date(),
  admin: false,
  hosts: [],
  mentor: false,
  moderates: [],
  coHosts: [],
  suspendedUntil: null,
}
const people = {
  visitor: null,
  member: somebody,
  host: { ...somebody, hosts: ['nursing'] },
  moderator: { ...somebody, moderates: ['nursing'] },
  'moderator of another community': { ...somebody, moderates: ['law'] },
  admin: { ...somebody, admin: true },
  'suspended moderator': { ...somebody, moderates: ['nursing'], suspendedUntil: new Date() },
  'suspended admin': { ...somebody, admin: true, suspendedUntil: new Date() },
} satisfies Record<string, Viewer>
const theirs = { authorId: 'them', communityIds: ['nursing', 'care'] }
const own = { authorId: 'me', communityIds: ['nursing'] }
const nobodys = { authorId: null, communityIds: [] }

describe.each<[keyof typeof people, { reports: boolean; asked: boolean; decides: boolean }]>([
  ['visitor', { reports: false, asked: false, decides: false }],
  ['member', { reports: true, asked: false, decides: false }],
  ['host', { reports: true, asked: false, decides: false }],
  ['moderator', { reports: true, asked: true, decides: true }],
  ['moderator of another community', { reports: true, asked: true, decides: false }],
  ['admin', { reports: true, asked: true, decides: true }],
  ['suspended moderator', { reports: false, asked: false, decides: false }],
  ['suspended admin', { reports: false, asked: false, decides: false }],
])('A %s', (who, { reports, asked, decides }) => {
  const viewer = people[who]
  test(`${reports ? 'reports' : 'does not report'} what others wrote, and nobody the own`, () => {
    expect([canReport(viewer, theirs), canReport(viewer, nobodys), canReport(viewer, own)]).toEqual([reports, reports, false])
  })
  test(`${decides ? 'decides' : 'does not decide'} there, and nobody of the own`, () => {
    expect([isModerator(viewer), canModerate(viewer, theirs), canModerate(viewer, own)]).toEqual([asked, decides, false])
    expect(canModerate(viewer, nobodys)).toBe(who === 'admin')
  })
  test(`${decides ? 'suspends' : 'does not suspend'} whoever has an account and is no admin`, () => {
    expect(canSuspend(viewer, theirs, { hasAccount: true, admin: false })).toBe(decides)
    for (const author of [null, { hasAccount: false, admin: false }, { hasAccount: true, admin: true }]) {
      expect(canSuspend(viewer, theirs, author)).toBe(false)
    }
  })
})

test.each([
  ['yesterday', '2026-05-30', false],
  ['today', '2026-05-31', true],
  ['tomorrow', '2026-06-01', true],
  ['in a year', '2027-05-31', true],
  ['in two years', '2028-05-31', false],
])('A suspension until the end of %s: %s', (_, day, possible) => {
  const { until } = Suspend.parse({ thing: 'answer', id: '019a0000-0000-7000-8000-000000000000', until: day, reason: 'spam' })
  expect(until.toISOString().slice(11)).toBe('00:00:00.000Z')
  expect(isSuspensionDay(until, new Date('2026-05-31T12:00:00Z'))).toBe(possible)
})

test('A report needs a reason of the list, and words only from whom they come', () => {
  const which = { thing: 'question', id: '019a0000-0000-7000-8000-000000000000' }
  expect(SendReport.parse({ ...which, reason: 'spam', words: '  ' }).words).toBeUndefined()
  expect(SendReport.parse({ ...which, reason: 'spam', words: ' See the link. ' }).words).toBe('See the link.')
  for (const wrong of [
    { reason: '' },
    { reason: 'mistake' },
    { reason: 'spam', words: 'x'.repeat(1_001) },
    { reason: 'spam', thing: 'ama' },
  ]) {
    expect(SendReport.safeParse({ ...which, ...wrong }).success).toBe(false)
  }
})

test('Who asked is looked up while a report of it is open, where there is somebody whom readers do not see', () => {
  expect(canLookUp({ named: false, authorId: 'them' }, [{}])).toBe(true)
  expect(canLookUp({ named: false, authorId: 'them' }, [])).toBe(false)
  expect(canLookUp({ named: false, authorId: null }, [{}])).toBe(false)
  expect(canLookUp({ named: true, authorId: 'them' }, [{}])).toBe(false)
})
