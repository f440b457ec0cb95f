import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { search } from '#domain/search/queries.ts'
import { readAsked, SEARCH_KINDS } from '#domain/search/rules.ts'
import { disconnect } from '#lib/db.ts'

// Searches by so many callers of one process, each waiting for one answer before the next is asked for; prints the times in
// milliseconds of those that count. What it is to do stands in a file.

const Job = z.object({
  callers: z.number(),
  kind: z.enum(SEARCH_KINDS).nullable(),
  warmUp: z.array(z.string()),
  searches: z.array(z.string()),
})
const { callers, kind, warmUp, searches } = Job.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
await times(warmUp)
console.log(JSON.stringify(await times(searches)))
await disconnect()

async function times(texts: string[]): Promise<number[]> {
  const taken: number[] = []
  let next = 0
  const caller = async () => {
    while (next < texts.length) {
      const asked = readAsked(texts[next++])
      const startedAt = performance.now()
      await search(asked, kind ?? undefined)
      taken.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return taken
}
