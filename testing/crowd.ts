import { createTurns } from '#lib/turns.ts'

/**
 * Very many at one moment as lib/press.ts lets them: so many are at it at once that each has a connection, and the others stand in line.
 * However slow the machine, nobody waits for a connection, and is turned away.
 */
export function crowd<T>(tasks: (() => Promise<T>)[]): Promise<T[]> {
  const inTurn = createTurns(8, tasks.length)
  return Promise.all(tasks.map((task) => inTurn(task)))
}
