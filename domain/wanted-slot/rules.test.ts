import { expect, test } from 'vitest'
import { OfferSlots } from '#domain/wanted-slot/rules.ts'

test.each([
  [{}, true],
  // Of an imported AMA, which the form offers to its host.
  [{ zone: 'US/Pacific' }, true],
  [{ zone: 'Mars/Olympus' }, false],
  [{ minutes: '4' }, false],
  [{ minutes: '1441' }, false],
  [{ minutes: 'an hour' }, false],
  [{ date1: '' }, false],
  [{ time1: '25:00' }, false],
])('Times to offer with %o: %s', (given, taken) => {
  const typed = { id: '0191c1a0-0000-7000-8000-000000000001', zone: 'UTC', minutes: '60', date1: '2026-11-23', time1: '10:00' }
  expect(OfferSlots.safeParse({ ...typed, ...given }).success).toBe(taken)
})
