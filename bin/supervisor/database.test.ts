import { expect, test } from 'vitest'
import { finishSetUp, offerSetUp } from '#domain/site/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'
import { isToBeSetUp } from './database.ts'

test('A start offers set-up while nobody is there, and until it is over', async () => {
  const { DATABASE_URL } = env()
  expect(await isToBeSetUp(DATABASE_URL)).toBe(true)
  await offerSetUp()
  const ola = await makeViewer({ admin: true })
  expect(await isToBeSetUp(DATABASE_URL)).toBe(true)
  await finishSetUp(ola, {}, visit({ viewer: ola }))
  expect(await isToBeSetUp(DATABASE_URL)).toBe(false)
})

test('A start offers no set-up of a site where people are', async () => {
  await db().site.deleteMany()
  await makeViewer()
  expect(await isToBeSetUp(env().DATABASE_URL)).toBe(false)
})
