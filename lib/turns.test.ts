import { expect, test } from 'vitest'
import { createTurns, LineFull } from '#lib/turns.ts'

test('So many run at once, the next ones in the order in which they came, and who finds the line full is turned away', async () => {
  const takeTurn = createTurns(2, 3)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const tasks = [0, 1, 2, 3, 4].map((i) =>
    takeTurn(() => {
      begun.push(i)
      return new Promise<number>((resolve) => ends.push(() => resolve(i)))
    }),
  )
  await expect(takeTurn(() => Promise.resolve())).rejects.toBeInstanceOf(LineFull)
  expect(begun).toEqual([0, 1])
  for (const i of [0, 1, 2, 3, 4]) {
    ends[i]?.()
    expect(await tasks[i]).toBe(i)
    // Never a third one beside two.
    expect(begun.length).toBe(Math.min(5, i + 3))
  }
})

test('A task that fails gives its turn on', async () => {
  const takeTurn = createTurns(1, 1)
  const [first, second] = [takeTurn(() => Promise.reject(new Error('no'))), takeTurn(() => Promise.resolve('yes'))]
  await expect(first).rejects.toThrow('no')
  expect(await second).toBe('yes')
})
