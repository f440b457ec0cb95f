import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { evaluate, missingSlugs, readAsked } from '#bench/evaluation.ts'
import { importDocument } from '#domain/import/commands.ts'
import { TECHNIQUES } from '#domain/similar/rules.ts'
import { db } from '#lib/db.ts'
import { demoDocument } from '#prisma/seed/document.ts'

const sets = ['tune', 'report'].map((name) => [name, `prisma/seed/asked-otherwise/${name}.yaml`] as const)

describe('The demo content, asked otherwise', () => {
  beforeAll(async () => {
    const document = Buffer.from(JSON.stringify(demoDocument(new Date())))
    async function* open() {
      yield document
    }
    await importDocument({ open, bytes: document.length }, new Date())
    // As autovacuum does within a minute: how rare a word is stands in the statistics.
    await db().$executeRaw`ANALYZE "QuestionWords", "AnswerWords"`
  }, 120_000)

  test.each(sets)('%s: names questions that are there', async (_name, file) => {
    expect(await missingSlugs(await readAsked(file))).toEqual([])
  })

  test('has at least 120 pairs, none of them twice', async () => {
    const pairs = (await Promise.all(sets.map(([, file]) => readAsked(file)))).flat()
    expect(pairs.filter(({ expected }) => expected.length > 0).length).toBeGreaterThanOrEqual(120)
    const queries = pairs.map(({ query }) => query)
    expect(queries.filter((query, i) => queries.indexOf(query) < i)).toEqual([])
  })

  // Floors far below what is measured (docs/decisions/052): they fall when something is broken, not when a word changes.
  test.each(sets)(
    '%s: is found more often than not, and by words alone less often',
    async (_name, file) => {
      const set = await readAsked(file)
      const found = await evaluate(set, TECHNIQUES)
      const byWords = await evaluate(set, [])
      expect(found.recallAt5).toBeGreaterThan(0.65)
      expect(found.recallAt1).toBeGreaterThan(0.5)
      expect(found.recallAt5).toBeGreaterThan(byWords.recallAt5)
      expect(found.silent).toBeGreaterThan(0.6)
      expect(found.missed).toHaveLength(Math.round((1 - found.recallAt5) * found.asked))
    },
    120_000,
  )
})

describe('A set is read from', () => {
  const read = async (text: string) => {
    const file = join(await mkdtemp(join(tmpdir(), 'perch-asked-')), 'set')
    await writeFile(file, text)
    return readAsked(file)
  }

  test('YAML and JSON Lines alike', async () => {
    const pairs = [
      { query: 'how much is it', expected: ['what-does-it-cost'] },
      { query: 'nothing of it', expected: [] },
    ]
    expect(await read('- query: how much is it\n  expected: [what-does-it-cost]\n- { query: nothing of it, expected: [] }\n')).toEqual(
      pairs,
    )
    expect(await read(`${pairs.map((pair) => JSON.stringify(pair)).join('\n\n')}\n`)).toEqual(pairs)
  })

  test.each([
    ['a line that is no JSON', '{"query":"a","expected":[]}\n{', 'Line 2'],
    ['a pair without what is expected', '- query: a', 'expected'],
    ['nothing', '', 'array'],
  ])('%s: no, with the place', async (_what, text, place) => {
    await expect(read(text)).rejects.toThrow(place)
  })
})
