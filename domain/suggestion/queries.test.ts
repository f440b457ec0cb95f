import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { keepReadTitles } from '#domain/suggestion/commands.ts'
import { suggest } from '#domain/suggestion/queries.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

let community: { id: string; slug: string }

beforeAll(async () => {
  community = await makeCommunity({ name: 'Apiarists' })
})

const texts = async (typed: string) => (await suggest(typed)).map(({ text }) => text)

describe('From the second character on somebody is shown', () => {
  test('topics by any of their names, mentors, companies and communities', async () => {
    const topic = await makeTopic(community.id, { name: 'Queen rearing', synonyms: ['Zuchtwahl', 'brood & breeding'] })
    const company = await makeCompany('Zucht & Söhne')
    const mentor = await makeMentor({ name: 'Zuzana Çelik', companyId: company.id, title: 'Beekeeper' })
    expect(await suggest('zu')).toEqual([
      { kind: 'topic', text: 'Queen rearing', about: 'Apiarists', url: paths.topic(topic.slug) },
      { kind: 'mentor', text: 'Zuzana Çelik', about: 'Zucht & Söhne Beekeeper', url: paths.mentor(mentor.handle) },
      { kind: 'company', text: 'Zucht & Söhne', about: null, url: paths.company(company.slug) },
    ])
    expect(await texts('CELIK')).toEqual(['Zuzana Çelik'])
    expect(await texts('sohne')).toEqual(['Zucht & Söhne'])
    expect(await texts('apiar')).toEqual(['Apiarists'])
    expect(await texts('elik')).toEqual([])
    await db().member.update({ where: { id: mentor.id }, data: { mentorSince: null } })
    expect(await texts('celik')).toEqual([])
  })

  test('nothing for signs that would stand for any letter, wide ones either', async () => {
    await makeCompany('Wabenwerk')
    expect(await texts('waben')).toEqual(['Wabenwerk'])
    for (const typed of ['wa%werk', 'wa\uFF05werk', 'wa_enwerk', 'wa\uFF3Fenwerk', 'wab\\', 'wab\uFF3C'])
      expect(await texts(typed)).toEqual([])
    await makeCompany('Wachs 50% \\ Honig_Hof')
    for (const typed of ['wachs 50%', 'wachs 50\uFF05 \\', 'honig_']) expect(await texts(typed)).toEqual(['Wachs 50% \\ Honig_Hof'])
  })

  test('titles that are read most, by any of their words, as they are now', async () => {
    const made = await Promise.all(
      [3, 900, 40, 7, 70].map((viewCount, n) => makeQuestion(community.id, { title: `Do wasps ${n} eat honeycomb?`, viewCount })),
    )
    expect(await texts('honeyc')).toEqual([])
    await keepReadTitles()
    expect(await texts('honeyc')).toEqual([1, 4, 2, 3].map((n) => `Do wasps ${n} eat honeycomb?`))
    await db().question.update({ where: { id: made[1]?.id ?? '' }, data: { title: 'Do hornets eat honeycomb?' } })
    expect((await texts('honeyc'))[0]).toBe('Do hornets eat honeycomb?')
    await keepReadTitles()
    expect(await texts('hornets')).toEqual(['Do hornets eat honeycomb?'])
  })
})

test('Nothing that is hidden or held is suggested, whatever it was when titles were chosen', async () => {
  const state = fc.record({ before: fc.boolean(), held: fc.boolean(), hidden: fc.boolean() })
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 1, maxLength: 4 }), async (rows) => {
      round += 1
      const word = `pollen${'abcdefghijklmnopqrstuvwxyz'[round % 26]}${round}`
      const made = await Promise.all(
        rows.map((_, n) => makeQuestion(community.id, { title: `Which ${word} is ${n}?`, viewCount: 5_000 + round })),
      )
      const hide = async (before: boolean) => {
        for (const [n, row] of rows.entries()) {
          const at = new Date()
          const data = { hiddenAt: row.held || row.hidden ? at : null, heldAt: row.held ? at : null }
          if (row.before === before) await db().question.update({ where: { id: made[n]?.id ?? '' }, data })
        }
      }
      await hide(true)
      await keepReadTitles()
      await hide(false)
      const shown = rows.flatMap(({ held, hidden }, n) => (held || hidden ? [] : [`Which ${word} is ${n}?`]))
      expect((await texts(word)).toSorted()).toEqual(shown)
    }),
    { numRuns: 8 },
  )
}, 120_000)

test('Whatever is typed is answered by a list', async () => {
  for (const typed of [
    null,
    '',
    'a',
    ' % ',
    '__',
    '\\\\',
    `'"`,
    '製品',
    '🐦🐦',
    'a'.repeat(5_000),
    '\ud83d\ud83d',
    '\u0000\u0000\u0000',
    '\u0300\u0301',
  ]) {
    expect(await suggest(typed)).toEqual([])
  }
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 1_000 }), async (typed) => {
      expect(await suggest(typed)).toBeInstanceOf(Array)
    }),
    { numRuns: 60 },
  )
})
