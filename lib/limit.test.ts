import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { db } from '#lib/db.ts'
import { countTry, forgetTries, type Limit } from '#lib/limit.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

const limit = (name: string, by: Limit['by'] = 'address', points = 3): Limit[] => [{ name, by, points, seconds: 60 }]

test('so many at the same moment are exactly so many', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => countTry(limit('crowd'), visit())))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  for (const each of tries)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'too_many', retryAfter: expect.any(Number) })
})

test('they are counted by whom they are about', async () => {
  const [ada, ben] = [await visitOf(await makePerson()), await visitOf(await makePerson())]
  const one = { points: 1, seconds: 60 }
  await countTry([{ name: 'own', by: 'person', ...one }], ada)
  await countTry([{ name: 'own', by: 'person', ...one }], ben)
  await expect(countTry([{ name: 'own', by: 'person', ...one }], ada)).rejects.toThrow('Try again in 60 seconds.')
  // A visitor is no person, and what names no address has none.
  await countTry([{ name: 'own', by: 'person', ...one }], visit())
  await countTry([{ name: 'own', by: 'person', ...one }], visit())
  await countTry([{ name: 'to', by: 'email', ...one }], visit())
  await countTry([{ name: 'to', by: 'email', ...one }], visit())
  await countTry([{ name: 'to', by: 'email and address', ...one }], visit(), 'a@example.org')
  await countTry([{ name: 'to', by: 'email and address', ...one }], visit({ address: '203.0.113.9' }), 'a@example.org')
  await expect(countTry([{ name: 'to', by: 'email and address', ...one }], visit(), 'a@example.org')).rejects.toThrow('too often')
})

test('another instance counts with us', async () => {
  await countTry(limit('shared'), visit())
  await countTry(limit('shared'), visit())
  const program = `
    import { countTry } from '#lib/limit.ts'
    import { disconnect } from '#lib/db.ts'
    const visit = { viewer: null, now: new Date(), address: '192.0.2.1', agent: '', carried: null }
    const said = []
    for (let i = 0; i < 2; i++) said.push(await countTry(${JSON.stringify(limit('shared'))}, visit).then(() => 'in', (error) => error.code))
    console.log(said.join())
    await disconnect()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env: process.env })
  expect(stdout.trim()).toBe('in,too_many')
}, 20_000)

test('no row leads to a person or a network, and rows of the past go', async () => {
  await countTry(limit('private', 'email and address'), visit({ address: '203.0.113.77' }), 'ana@example.org')
  expect(JSON.stringify(await db().rateLimit.findMany())).not.toMatch(/203\.0|example\.org/)
  expect(await db().rateLimit.count()).toBeGreaterThan(0)
  await forgetTries(new Date(Date.now() + 3_600_000))
  expect(await db().rateLimit.count()).toBe(0)
})
