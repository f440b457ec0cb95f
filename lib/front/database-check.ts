import type { Logger } from '#lib/log.ts'

/** Milliseconds after which a database that says nothing counts as gone. */
const TIMEOUT = 2_500

/** Whether the database answers, asked at most once a second however many want to know. A change is logged once. */
export function createDatabaseCheck(database: () => Promise<unknown>, log: Logger): () => Promise<boolean> {
  let asked: { at: number; answer: Promise<boolean> } | undefined
  let before = true

  async function ask(): Promise<boolean> {
    const answers = await Promise.race([database().then(() => true), after(TIMEOUT)]).catch(() => false)
    if (answers !== before) log.warn(answers ? 'the database answers again' : 'the database does not answer')
    before = answers
    return answers
  }

  return () => {
    const now = performance.now()
    if (!asked || now - asked.at > 1_000) asked = { at: now, answer: ask() }
    return asked.answer
  }
}

function after(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false).unref())
}
