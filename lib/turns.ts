/** There is no place in the line any more. */
export class LineFull extends Error {}

/**
 * Lets so many tasks run at once and the next ones wait in line, first come first served; past that it rejects with
 * LineFull, since a longer line helps nobody.
 */
export function createTurns(atOnce: number, inLine: number): <T>(task: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= atOnce) {
      if (line.length >= inLine) throw new LineFull(`${inLine} are waiting already`)
      // Whoever ends hands over the turn, so the count stays.
      await new Promise<void>((resolve) => line.push(resolve))
    } else running += 1
    try {
      return await task()
    } finally {
      const next = line.shift()
      if (next) next()
      else running -= 1
    }
  }
}
