import { describe, expect, test } from 'vitest'
import { AskForWanted, AttachQuestion, canWithdraw, readWaiting, waitingPlace } from '#domain/wanted/rules.ts'
import type { Viewer } from '#lib/viewer.ts'

const community = '0191c1a0-0000-7000-8000-000000000001'
const asked = (given: object) => AskForWanted.safeParse({ community, kind: 'mentor', title: 'Kiln master', ...given })

describe('What is asked for', () => {
  test.each([
    [{ title: '  Kiln \n master ' }, 'Kiln master'],
    [{ title: '@mara-lind' }, '@mara-lind'],
    [{ title: 'Fire @ 900°' }, 'Fire @ 900°'],
  ])('%o is kept as %s', (given, title) => {
    expect(asked(given).data?.title).toBe(title)
  })

  test.each([
    [{ title: 'ab' }],
    [{ title: 'x'.repeat(101) }],
    [{ title: 'Kiln\u200bmaster' }],
    [{ title: '\u202eretsam nliK' }],
    [{ title: 'Ana, ana.roy@kiln.example' }],
    [{ why: 'Write to ana.roy@kiln.example' }],
    [{ why: 'x'.repeat(2_001) }],
    [{ kind: 'question' }],
    [{ community: 'glazing' }],
  ])('%o is not', (given) => {
    expect(asked(given).success).toBe(false)
  })

  test('waits under a word as it was written', () => {
    const { data } = asked({ why: 'She knows\nfire.' })
    if (!data) throw new Error('refused')
    const place = waitingPlace(data)
    const { draft: _, seen: __, ...written } = data
    expect(readWaiting({ place, title: data.title, details: data.why ?? '' })).toEqual(written)
    expect(readWaiting({ place: `community:${community}`, title: 'Kiln master', details: '' })).toBeNull()
  })
})

test.each([
  ['', null],
  ['  How   hot is\nthe kiln? ', 'How hot is the kiln?'],
  ['How hot?', undefined],
  ['x'.repeat(301), undefined],
])('A question brought along: %j is %j', (question, kept) => {
  expect(AttachQuestion.safeParse({ id: community, question }).data?.question).toBe(kept)
})

test('is withdrawn by whoever asked for it, while nobody else has joined', () => {
  const viewer = { memberId: 'ada' } as Viewer
  const wanted = { askedById: 'ada', joinCount: 1, hiddenAt: null, closedAt: null, mentorId: null }
  expect(canWithdraw(viewer, wanted)).toBe(true)
  expect(canWithdraw(viewer, { ...wanted, joinCount: 2 })).toBe(false)
  expect(canWithdraw(viewer, { ...wanted, hiddenAt: new Date() })).toBe(false)
  expect(canWithdraw(viewer, { ...wanted, closedAt: new Date() })).toBe(false)
  expect(canWithdraw(viewer, { ...wanted, mentorId: 'mara' })).toBe(false)
  expect(canWithdraw({ memberId: 'ben' } as Viewer, wanted)).toBe(false)
  expect(canWithdraw(null, { ...wanted, askedById: null })).toBe(false)
})
