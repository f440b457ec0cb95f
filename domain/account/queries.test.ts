import { expect, test } from 'vitest'
import { listUnguardedAdmins } from '#domain/account/queries.ts'
import { makeViewer } from '#testing/factories.ts'
import { addPasskeyOf } from '#testing/passkeys.ts'
import { addSecondFactor, beginSecondFactor, makePerson } from '#testing/people.ts'

test('admins whom nothing but a mail or a password guards are named to admins, and to nobody else', async () => {
  const adminSince = (day: number) => ({ adminSince: new Date(Date.UTC(2026, 0, day)) })
  await makePerson({ name: 'With nothing', ...adminSince(1) })
  const begun = await makePerson({ name: 'With one begun', ...adminSince(2) })
  const coded = await makePerson({ name: 'With a code', ...adminSince(3) })
  const keyed = await makePerson({ name: 'With a passkey', ...adminSince(4) })
  await makePerson({ name: 'No admin' })
  await beginSecondFactor(begun.memberId)
  await addSecondFactor(coded.memberId)
  await addPasskeyOf(keyed.memberId)
  const ola = await makeViewer({ admin: true })
  expect(await listUnguardedAdmins(ola)).toEqual(['With nothing', 'With one begun'])
  for (const viewer of [null, await makeViewer(), { ...ola, suspendedUntil: new Date() }])
    expect(await listUnguardedAdmins(viewer)).toEqual([])
})
