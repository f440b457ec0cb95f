import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { finishSetUp, offerSetUp } from '#domain/site/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { makeMentor, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'
import { isEmpty, isToBeSetUp, migrate } from './database.ts'
import { commandEnvironment } from './environment.ts'

const seed = () => promisify(execFile)(process.execPath, ['prisma/seed/seed.ts'], { env: { ...process.env, PERCH_MODE: 'local' } })

test('A start puts no demo content where set-up has begun or somebody is, though there is no community yet', async () => {
  const { DATABASE_URL } = env()
  const expectTaken = async () => {
    expect(await isEmpty(DATABASE_URL)).toBe(false)
    expect((await seed()).stdout).toContain('something is here already')
    expect(await db().community.count()).toBe(0)
  }
  expect(await isEmpty(DATABASE_URL)).toBe(true)
  await offerSetUp()
  await expectTaken()
  await db().site.deleteMany()
  const { memberId } = await makeViewer()
  await expectTaken()
  await db().member.delete({ where: { id: memberId } })
})

test('A start offers set-up while nobody can sign in, and until it is over', async () => {
  const { DATABASE_URL } = env()
  expect(await isToBeSetUp(DATABASE_URL)).toBe(true)
  // Whom an import brought cannot sign in.
  await makeMentor()
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

test('Where a migration did not end, what is to be done stands behind what Prisma says', async () => {
  await db().$executeRaw`
    INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('one', 'none', '20261122000100_rules_once_more')`
  const { DATABASE_URL } = env()
  const sentence = 'bin/run prisma migrate resolve --rolled-back 20261122000100_rules_once_more, and start again.'
  await expect(migrate(commandEnvironment(DATABASE_URL, process.env))).rejects.toThrow(sentence)
  await db().$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'one'`
  await migrate(commandEnvironment(DATABASE_URL, process.env))
})
