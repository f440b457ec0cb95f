import { Interrupted, listenForSignals, signalCode } from './interrupt.ts'
import { Failure, mark, say } from './say.ts'

/** Remembers how to end something that was just begun. */
export type OnEnd = (end: () => Promise<void>) => void

/**
 * Does a command's work and exits with the code that it answers: 1 after a Failure, said in its sentence. Whatever was
 * begun is ended however the work ends, the last first, so that the site drains while its database is still there.
 */
export async function supervise(work: (onEnd: OnEnd) => Promise<number>): Promise<never> {
  listenForSignals()
  process.exit(await ending(work))
}

/** `supervise` without process and signals. */
export async function ending(work: (onEnd: OnEnd) => Promise<number>): Promise<number> {
  const ends: (() => Promise<void>)[] = []
  let code = await work((end) => ends.unshift(end)).catch(explain)
  for (const end of ends) {
    await end().catch((error: unknown) => {
      code = explain(error) || code
    })
  }
  return code
}

function explain(error: unknown): number {
  if (error instanceof Interrupted) return signalCode()
  // Anything else than a Failure is a fault of ours, and its place in the code helps.
  say(`${mark('✗', 'red')} ${error instanceof Failure ? error.message : error instanceof Error ? error.stack : String(error)}`)
  return 1
}
