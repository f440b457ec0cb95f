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
  expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(10)
})

test('a crowd is let in two at a time, and everybody gets an answer', async () => {
  const kept = await hashPassword('three calm herons')
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => isPassword(i % 3 ? 'wrong' : 'three calm herons', kept)))
  expect(answers.filter(Boolean)).toHaveLength(4)
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

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
