import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { canAnswer, goesOn, joined } from '#domain/answer-draft/rules.ts'
import type { Viewer } from '#lib/viewer.ts'

const now = new Date('2026-11-22T12:00:00Z')
const hour = 3_600_000
const ana = viewer()
const here = { mentor: true, askedToId: null, ama: null }
const ama = (hours: number, mentor: boolean, cancelledAt: Date | null = null) => ({
  startsAt: new Date(now.getTime() + hours * hour),
  endsAt: new Date(now.getTime() + (hours + 1) * hour),
  cancelledAt,
  mentor,
})

describe('Who may answer', () => {
  test.each([
    ['a mentor of the community', ana, here, true],
    ['somebody who is none there', ana, { ...here, mentor: false }, false],
    ['a visitor', null, here, false],
    ['a mentor who is suspended', { ...ana, suspendedUntil: now }, here, false],
    ['the mentor whom it was put to', ana, { ...here, askedToId: ana.memberId }, true],
    ['another mentor than that one', ana, { ...here, askedToId: uuid() }, false],
    ['who holds the AMA, before it', ana, { ...here, ama: ama(5, true) }, true],
    ['another mentor, before the AMA', ana, { ...here, ama: ama(5, false) }, false],
    ['another mentor, during the AMA', ana, { ...here, ama: ama(-0.5, false) }, false],
    ['another mentor, after the AMA', ana, { ...here, ama: ama(-2, false) }, true],
    ['another mentor, once the AMA is cancelled', ana, { ...here, ama: ama(5, false, now) }, true],
  ])('%s: %s', (_who, who, question, may) => {
    expect(canAnswer(who, question, now)).toBe(may)
  })
})

describe('What is sent goes on from what is kept', () => {
  const kept = { version: 4, windowKey: 'a', body: 'Kept.' }
  test.each([
    ['from the newest version', { version: 4, body: 'More.' }, true],
    ['from an older one', { version: 3, body: 'More.' }, false],
    ['from an older one, in the window that saved the newest', { version: 3, window: 'a', body: 'More.' }, true],
    ['from an older one, in another window', { version: 3, window: 'b', body: 'More.' }, false],
    ['with the same words', { version: 1, body: 'Kept.' }, true],
  ])('%s: %s', (_what, sent, goes) => {
    expect(goesOn(kept, sent)).toBe(goes)
  })

  test('or both are there, one below the other', () => {
    expect(joined('One. \n', '\nTwo.')).toBe('One.\n\n---\n\nTwo.')
  })
})

function viewer(): NonNullable<Viewer> {
  const nothing = { portraitId: null, admin: false, mentor: false, hosts: [], moderates: [], coHosts: [], suspendedUntil: null }
  return { memberId: uuid(), handle: 'ana', name: 'Ana', sessionId: uuid(), provedAt: now, ...nothing }
}
