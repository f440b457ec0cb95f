import { expect, test } from 'vitest'
import { makeMember } from '#domain/member/commands.ts'
import { db } from '#lib/db.ts'
import { makeMentor } from '#testing/factories.ts'

test('people of one name get handles of their own, also when they join at once', async () => {
  const members = await Promise.all(Array.from({ length: 15 }, () => db().$transaction((tx) => makeMember(tx, 'Kim Park', new Date()))))
  const handles = members.map(({ handle }) => handle)
  expect(new Set(handles).size).toBe(15)
  for (const handle of ['kim-park', 'kim-park-2', 'kim-park-9']) expect(handles).toContain(handle)
  for (const handle of handles) expect(handle).toMatch(/^kim-park(-\d+)?$/)
})

test('a handle that was another’s is not given again', async () => {
  const { id } = await makeMentor({ handle: 'ida-berg' })
  await db().member.update({ where: { id }, data: { handle: 'ida-holm' } })
  expect((await makeMember(db(), 'Ida Berg', new Date())).handle).toBe('ida-berg-2')
})

test('a name that no address can spell gets one nevertheless', async () => {
  expect((await makeMember(db(), '李', new Date())).handle).toMatch(/^[a-z0-9-]+$/)
  expect((await makeMember(db(), '🐦', new Date())).handle).toMatch(/^[a-z0-9-]+$/)
})
