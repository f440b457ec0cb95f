import PQueue from 'p-queue'

/** There is no place in the line any more. */
export class LineFull extends Error {}

/**
 * Lets so many tasks run at once and the next ones wait in line, first come first served; past that it rejects with
 * LineFull, since a longer line helps nobody.
 */
export function createTurns(atOnce: number, inLine: number): <T>(task: () => Promise<T>) => Promise<T> {
  const line = new PQueue({ concurrency: atOnce })
  return async (task) => {
    if (line.size >= inLine) throw new LineFull(`${inLine} are waiting already`)
    return line.add(task)
  }
}
