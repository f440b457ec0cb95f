import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { hashPassword, isOutdated, isPassword, weakness } from '#lib/password.ts'

test('a password is kept as argon2id with 19 MiB, two passes and a salt of its own', async () => {
  const [one, other] = await Promise.all([hashPassword('three calm herons'), hashPassword('three calm herons')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(other)
  expect(await isPassword('three calm herons', one)).toBe(true)
  expect(await isPassword('three calm heron', one)).toBe(false)
  expect(isOutdated(one)).toBe(false)
})

test('a password that was kept in a weaker way is known, and said to be', async () => {
  const old = await hash('three calm herons', { algorithm: 2, memoryCost: 8_192, timeCost: 2, parallelism: 1 })
  expect(await isPassword('three calm herons', old)).toBe(true)
  expect(isOutdated(old)).toBe(true)
})

test('none fits where there is none, and finding that out is as much work', async () => {
  expect(await isPassword('three calm herons', null)).toBe(false)
  const kept = await hashPassword('three calm herons')
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let i = 0; i < 15; i++) {
    times.known.push(await milliseconds(() => isPassword('wrong', kept)))
    times.unknown.push(await milliseconds(() => isPassword('wrong', null)))
  }
  // The fastest of each: what else the machine does at the time only adds.
  expect(Math.abs(Math.min(...times.known) - Math.min(...times.unknown))).toBeLessThan(10)
})

test('a crowd is let in two at a time, and everybody gets an answer', async () => {
  const kept = await hashPassword('three calm herons')
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => isPassword(i % 3 ? 'wrong' : 'three calm herons', kept)))
  expect(answers.filter(Boolean)).toHaveLength(4)
})

test('a crowd that would wait for seconds is told to come again', async () => {
  const kept = await hashPassword('three calm herons')
  const answers = await Promise.allSettled(Array.from({ length: 60 }, () => isPassword('wrong', kept)))
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
  expect(refused).toHaveLength(8)
  for (const each of refused) expect(each).toMatchObject({ code: 'too_many', retryAfter: 60 })
})

test('a password made to be costly holds nobody up', async () => {
  const hostile = ['4@8({[<369&#!1|0$5+7%2'.repeat(6), 'abc1'.repeat(32), Array.from({ length: 128 }, (_, i) => (i * 7) % 10).join('')]
  await weakness('whatever comes first reads the lists', [])
  for (const password of hostile) expect(await milliseconds(() => weakness(password.slice(0, 128), ['Ada Osei']))).toBeLessThan(1_000)
})

test.each(['password', 'qwertyuiop', '12345678', 'letmein1', 'perchperch', 'Passw0rd!', 'ada.osei2026', 'osei-ada', 'aaaaaaaaaaaa'])(
  'Ada cannot choose %s',
  async (password) => {
    expect(await weakness(password, ['Ada Osei', 'ada.osei@example.org'])).toMatch(/^[A-Z].+\.$/)
  },
)

test.each(['three calm herons over the weir', 'vR7#kq02mZpL', 'пароль о птицах на реке'])('Ada may choose %s', async (password) => {
  expect(await weakness(password, ['Ada Osei', 'ada.osei@example.org'])).toBeNull()
})

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
