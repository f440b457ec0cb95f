import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Finds, search as searchFor } from '#domain/search/queries.ts'
import { readAsked, SEARCH_SORTS, type SearchKind, type SearchSort, shownCount } from '#domain/search/rules.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

let product: { id: string }
let mentor: { id: string }

/** What is found for what somebody typed. */
function search(typed: string, kind?: SearchKind, after?: string, sort?: SearchSort): Promise<Finds | null> {
  return searchFor(readAsked(typed), kind, after, sort)
}

beforeAll(async () => {
  product = await makeCommunity({ name: 'Product' })
  mentor = await makeMentor({ name: 'Zoë Müller', title: 'Head of Product' })
  const titles = [
    'Is an MBA worth it for product managers?',
    'How do you prioritise a backlog when everything is urgent?',
    'What do you say to customers when a launch slips?',
    'How do you set prices for a product that nobody has sold before?',
    'What is your first week in a new team like?',
  ]
  for (const title of titles) await makeQuestion(product.id, { title })
  const question = await makeQuestion(product.id, { title: 'Which ceremonies does your team really keep?' })
  await makeAnswer(question.id, mentor.id, {
    body: 'Few of them.\n\nWe dropped the weekly retrospective, since a remote team in four time zones never found an hour for it. Nobody misses it.\n\nThe demo stays.',
  })
}, 60_000)

describe('A search', () => {
  test('finds what has all words before what has some, and what is read more before what is read less', async () => {
    await makeQuestion(product.id, { title: 'Should a lighthouse keeper own a dog?', viewCount: 3 })
    await makeQuestion(product.id, { title: 'Does a dog mind the noise of the lighthouse?', viewCount: 900 })
    await makeQuestion(product.id, { title: 'How tall is a lighthouse, usually?', viewCount: 90_000 })
    await makeQuestion(product.id, { title: 'Which breakfast do you make at sea?', details: 'In a lighthouse, with a dog.' })
    const finds = await search('dog lighthouse', 'questions')
    expect(finds?.questions?.rows.map(({ title }) => title)).toEqual([
      'Does a dog mind the noise of the lighthouse?',
      'Should a lighthouse keeper own a dog?',
      'Which breakfast do you make at sea?',
      'How tall is a lighthouse, usually?',
    ])
    expect([...(finds?.questions?.forms ?? [])]).toEqual(
      expect.arrayContaining([
        ['dog', 'dog'],
        ['lighthouse', 'lighthous'],
      ]),
    )
  })

  test('finds what has one of its words where nothing has the others', async () => {
    const { id } = await makeQuestion(product.id, { title: 'Who waters the ficus over the holidays?' })
    expect((await search('ficus chromodynamics gluons', 'questions'))?.questions?.rows.map((row) => row.id)).toEqual([id])
  })

  test('shows of an answer the passage that has the words', async () => {
    const finds = await search('remote retrospectives', 'answers')
    expect(finds?.answers?.rows[0]?.excerpt).toMatch(/^We dropped the weekly retrospective/)
  })

  test.each(['zoe muller', 'Müller', 'mueler zoe muller', 'head of product'])('finds a mentor as "%s"', async (typed) => {
    const finds = await search(typed, 'mentors')
    expect(finds?.mentors?.rows.map(({ id }) => id)).toContain(mentor.id)
  })

  test('finds an AMA by its topic, its mentors and their companies, also after those got other names', async () => {
    const topic = await makeTopic(product.id, { name: 'Beekeeping', synonyms: ['apiculture'] })
    const company = await makeCompany('Hive and Sons')
    const holder = await makeMentor({ name: 'Wanjiru Eze', companyId: company.id, title: 'Beekeeper' })
    const ama = await makeAma({ communityId: product.id, topicId: topic.id }, [holder], new Date())
    const found = async (typed: string) => (await search(typed, 'amas'))?.amas?.rows.some(({ id }) => id === ama.id)
    for (const typed of ['beekeeping', 'apiculture', 'wanjiru', 'hive']) expect([typed, await found(typed)]).toEqual([typed, true])
    await db().topic.update({ where: { id: topic.id }, data: { name: 'Bees' } })
    await db().member.update({ where: { id: holder.id }, data: { name: 'Wanjiru Eze-Weber' } })
    await db().company.update({ where: { id: company.id }, data: { name: 'Honeycomb' } })
    for (const typed of ['bees', 'weber', 'honeycomb']) expect([typed, await found(typed)]).toEqual([typed, true])
    expect(await found('hive')).toBe(false)
    await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: new Date() } })
    expect(await found('honeycomb')).toBe(false)
  })

  test('without a kind finds some of each', async () => {
    const finds = await search('product')
    expect(finds?.questions?.rows.length).toBeGreaterThan(0)
    expect(finds?.mentors?.rows.length).toBeGreaterThan(0)
    expect([finds?.answers, finds?.amas]).toMatchObject([{ rows: [] }, {}])
  })

  test('goes on from page to page without leaving out or repeating anything, whatever comes in between', async () => {
    const expected = new Set<string>()
    for (let n = 0; n < 65; n++) {
      const title = `How often does windmill number ${n} turn${n % 3 ? '' : ' backwards'}?`
      expected.add((await makeQuestion(product.id, { title, viewCount: (n * 37) % 50 })).id)
    }
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = (await search('windmills that turn', 'questions', after))?.questions
      seen.push(...(page?.rows.map(({ id }) => id) ?? []))
      after = page?.next ?? undefined
      if (seen.length === 20) await makeQuestion(product.id, { title: 'Do windmills turn backwards in spring?', viewCount: 1_000_000 })
    } while (after)
    expect(seen).toHaveLength(65)
    expect(new Set(seen)).toEqual(expected)
  })

  test('shows what has most of the words only where little has all of them', async () => {
    for (let n = 0; n < 12; n++)
      await makeQuestion(product.id, { title: `Why does ferry number ${n} leave at dusk${n < 9 ? ' or dawn' : ''}?` })
    const some = await search('ferry dusk dawn', 'questions')
    expect([some?.questions?.count, some?.questions?.rows.length]).toEqual([{ count: 9, atLeast: false }, 12])
    expect(await search('ferry number dusk', 'questions')).toMatchObject({ whole: true, questions: { count: { count: 12 } } })
    const none = await search('ferry dusk zebras', 'questions')
    expect(none).toMatchObject({ whole: false, questions: { count: { count: 0 } }, facets: { rows: [] } })
    expect(none?.questions?.rows).toHaveLength(12)
  })

  test('says that a cursor is none of its own', async () => {
    expect(await search('product', 'questions', 'nonsense')).toBeNull()
    expect(await search('product', undefined, 'nonsense')).not.toBeNull()
  })

  test('shows nothing of what moderators hid', async () => {
    const question = await makeQuestion(product.id, { title: 'Is the marzipan better in Lübeck or in Toledo?', hiddenAt: new Date() })
    const answered = await makeQuestion(product.id, { title: 'What do you eat on a long train journey?' })
    await makeAnswer(answered.id, mentor.id, { body: 'Marzipan, and nothing else.', hiddenAt: new Date() })
    const shy = await makeMentor({ name: 'Quentin Marzahn', bio: 'I collect marzipan.' })
    expect((await search('marzipan', 'mentors'))?.mentors?.rows).toMatchObject([{ id: shy.id }])
    await db().member.update({ where: { id: shy.id }, data: { profileHiddenAt: new Date() } })
    expect(await search('marzipan')).toMatchObject({ questions: { rows: [] }, answers: { rows: [] }, mentors: { rows: [] } })
    await db().question.update({ where: { id: question.id }, data: { hiddenAt: null } })
    expect(await search('marzipan')).toMatchObject({ questions: { rows: [{ id: question.id }] } })
  })

  test.each([
    ['nothing', '', false],
    ['words that say nothing', 'how to be the', false],
    ['signs of a query', `' \\ " ( & | ! <-> :* * % _ ; --`, false],
    ['signs around a word', `product:* & !('`, true],
    ['a null byte', 'pro\u0000duct', true],
    ['another script', 'منتج 製品 продукт', true],
    ['a thousand words', 'product team week '.repeat(1_000), true],
    ['a word without end', 'a'.repeat(5_000), true],
    ['faces', '🐦🐦🐦', false],
    ['half a character', 'product \ud83d', true],
  ])('answers %s without an error', async (_what, typed, said) => {
    for (const kind of [undefined, 'questions', 'answers', 'mentors', 'amas'] as const) {
      expect((await search(typed, kind))?.said).toBe(said)
    }
  })
})

describe('A search is narrowed', () => {
  const titles = async (query: string, sort: SearchSort = 'best') =>
    (await search(query, 'questions', undefined, sort))?.questions?.rows.map(({ title }) => title)
  const ids: Record<string, string> = {}
  let mentor: { id: string; handle: string; name: string }

  beforeAll(async () => {
    const harbour = await makeCommunity({ name: 'Harbour Masters', slug: 'harbour-masters' })
    const inland = await makeCommunity({ name: 'Lock Keepers' })
    const topic = await makeTopic(harbour.id, { name: 'Tugs', synonyms: ['towing boats'] })
    const company = await makeCompany('Quay & Sons')
    mentor = await makeMentor({ name: 'Ottoline Barge', companyId: company.id })
    const ask = async (name: string, communityId: string, over: Parameters<typeof makeQuestion>[1]) => {
      ids[name] = (await makeQuestion(communityId, { ...over, title: `Which buoy is ${name}?` })).id
    }
    await ask('red in spring', harbour.id, { topicId: topic.id, askedAt: new Date('2024-03-05T10:00:00Z'), viewCount: 10 })
    await ask('green in spring', harbour.id, { askedAt: new Date('2025-03-05T10:00:00Z'), viewCount: 500 })
    await ask('red in autumn', inland.id, { askedAt: new Date('2026-03-05T10:00:00Z'), viewCount: 90 })
    await makeAnswer(ids['red in spring'] ?? '', mentor.id, { body: 'The buoy beside the old pier.', companyId: company.id })
  }, 60_000)

  test.each([
    ['buoy community:harbour-masters', ['green in spring', 'red in spring']],
    ['buoy community:"Lock Keepers"', ['red in autumn']],
    ['buoy community:"lock keepers" community:harbour-masters', ['green in spring', 'red in autumn', 'red in spring']],
    ['buoy topic:tugs', ['red in spring']],
    ['topic:"Towing Boats"', ['red in spring']],
    ['buoy mentor:"ottoline barge"', ['red in spring']],
    ['buoy company:"quay & sons"', ['red in spring']],
    ['buoy is:answered', ['red in spring']],
    ['buoy is:open', ['green in spring', 'red in autumn']],
    ['buoy before:2025', ['red in spring']],
    ['buoy before:2025-03-06', ['green in spring', 'red in spring']],
    ['buoy before:2025-03-05', ['red in spring']],
    ['buoy -red', ['green in spring']],
    ['buoy -"red in spring"', ['green in spring', 'red in autumn']],
    ['"red in autumn"', ['red in autumn']],
    ['"which is" buoy', ['green in spring', 'red in autumn', 'red in spring']],
    ['buoy -"which is"', ['green in spring', 'red in autumn', 'red in spring']],
    ['buoy is:answered topic:tugs community:harbour-masters before:2026', ['red in spring']],
    ['buoy is:answered community:"lock keepers"', []],
  ])('%s', async (query, expected) => {
    expect((await titles(query))?.toSorted()).toEqual(expected.map((name) => `Which buoy is ${name}?`))
  })

  test('and ordered by the closest, the newest or the most read', async () => {
    const named = (names: string[]) => names.map((name) => `Which buoy is ${name}?`)
    expect(await titles('buoy', 'newest')).toEqual(named(['red in autumn', 'green in spring', 'red in spring']))
    expect(await titles('buoy', 'read')).toEqual(named(['green in spring', 'red in autumn', 'red in spring']))
  })

  test('and says what it can be narrowed to, with how much that leaves', async () => {
    const finds = await search('buoy', 'questions')
    expect(finds?.counts).toMatchObject({ questions: { count: 3, atLeast: false }, answers: { count: 1, atLeast: false } })
    const facets = finds?.facets.rows.map(({ by, name, count }) => [by, name, count])
    expect(facets).toEqual(
      expect.arrayContaining([
        ['community', 'Harbour Masters', 2],
        ['community', 'Lock Keepers', 1],
        ['topic', 'Tugs', 1],
        ['is', 'answered', 1],
        ['is', 'open', 2],
      ]),
    )
  })

  test('of answers too, by phrases and by who wrote them', async () => {
    const found = async (query: string) => (await search(query, 'answers'))?.answers?.rows.length
    expect(await found('buoy mentor:"ottoline barge"')).toBe(1)
    expect(await found('"beside the old pier"')).toBe(1)
    expect(await found('"old the pier beside"')).toBe(0)
    expect(await found('buoy -pier')).toBe(0)
    expect(await found('buoy -beside-the')).toBe(1)
    await db().answer.update({
      where: { id: (await search('buoy', 'answers'))?.answers?.rows[0]?.id ?? '' },
      data: { body: 'The buoy of a work-life.' },
    })
    expect(await found('buoy -work-life')).toBe(0)
    expect(await found('buoy is:open')).toBeUndefined()
  })

  test('follows the question to another topic, and hears of answers that come and go', async () => {
    const question = await makeQuestion(product.id, { title: 'Who repaints the mooring rings?' })
    const topic = await makeTopic(product.id, { name: 'Painted rings' })
    const found = async (query: string) => (await search(`mooring ${query}`, 'questions'))?.questions?.count.count
    expect(await found('topic:"painted rings"')).toBe(0)
    const answer = await makeAnswer(question.id, mentor.id, { body: 'The mooring crew does.' })
    expect(await found('is:answered')).toBe(1)
    await db().question.update({ where: { id: question.id }, data: { topicId: topic.id } })
    expect(await found('topic:"painted rings"')).toBe(1)
    expect((await search('mooring topic:"painted rings"', 'answers'))?.answers?.rows).toMatchObject([{ id: answer.id }])
    await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: new Date() } })
    expect([await found('is:answered'), await found('is:open'), await found('mentor:"ottoline barge"')]).toEqual([0, 1, 0])
  })

  test('by a name that is none: says so, and searches for it as words', async () => {
    const finds = await search('buoy community:atlantis', 'questions')
    expect(finds?.misread).toEqual(['“atlantis” is the name of no community here.'])
    expect(finds?.questions?.rows).toHaveLength(3)
  })
})

test('Hits are counted to a thousand', async () => {
  const community = await makeCommunity({ name: 'Counters' })
  await db().$executeRaw`
    INSERT INTO "Question" (id, slug, "communityId", title, "askedAt")
    SELECT gen_random_uuid(), 'how-many-pebbles-' || n, ${community.id}::uuid, 'How many pebbles are in heap ' || n || '?', now() FROM generate_series(1, 1000) n`
  expect((await search('pebbles', 'questions'))?.questions?.count).toEqual({ count: 1000, atLeast: false })
  await makeQuestion(community.id, { title: 'Where do pebbles come from?' })
  const more = (await search('pebbles', 'questions'))?.questions?.count
  expect(more && shownCount(more)).toBe('1,000+')
})

test('A name of a topic, or another word for it, stands for what is asked and answered in the topic', async () => {
  const topic = await makeTopic(product.id, {
    name: 'Leather gauntlets',
    synonyms: ['gauntletry', 'mitts on fists', 'knuckle-savers', 'G/L mittens'],
  })
  const inTopic = await makeQuestion(product.id, { topicId: topic.id, title: 'Which glove lasts longest?', viewCount: 9_000 })
  const answer = await makeAnswer(inTopic.id, mentor.id, { body: 'The one made of elk.' })
  const said = await makeQuestion(product.id, { title: 'Is gauntletry a longest or a shortest day of the year thing?' })
  const ids = async (typed: string, kind: 'questions' | 'answers') => (await search(typed, kind))?.[kind]?.rows.map(({ id }) => id)
  // What says it itself comes first, however much the other is read.
  expect(await ids('gauntletry', 'questions')).toEqual([said.id, inTopic.id])
  expect(await ids('Gauntletry longest', 'questions')).toEqual([said.id, inTopic.id])
  expect(await ids('mitts on fists', 'questions')).toEqual([inTopic.id])
  expect(await ids('knuckle-savers', 'questions')).toEqual([inTopic.id])
  expect(await ids('g/l mittens, longest', 'questions')).toEqual([inTopic.id, said.id])
  expect(await ids('gauntletry', 'answers')).toEqual([answer.id])
  expect((await search('gauntletry'))?.counts).toMatchObject({ questions: { count: 2 }, answers: { count: 1 } })
  expect(await ids('"mitts on fists"', 'questions')).toEqual([])
  // A part of a name is none.
  expect(await ids('leather', 'questions')).toEqual([])
  expect(await ids('gauntletry community:nowhere-else', 'answers')).toEqual([])
  await db().question.update({ where: { id: inTopic.id }, data: { hiddenAt: new Date() } })
  expect(await ids('gauntletry', 'questions')).toEqual([said.id])
  await db().topic.update({ where: { id: topic.id }, data: { synonyms: [] } })
  await db().question.update({ where: { id: inTopic.id }, data: { hiddenAt: null } })
  expect(await ids('gauntletry', 'questions')).toEqual([said.id])
})

test('Words that nobody has written are searched for as the closest ones there are', async () => {
  const topic = await makeTopic(product.id, { name: 'Marmalade', synonyms: [] })
  await makeQuestion(product.id, { title: 'How long does marmalade keep?' })
  const finds = await search('mramalade')
  expect(finds).toMatchObject({ whole: true, instead: 'marmalade', topics: { rows: [{ id: topic.id }] } })
  expect(finds?.questions?.rows).toHaveLength(1)
  expect(await search('xqzzv')).toMatchObject({ whole: false, instead: null })
})

test('Topics and companies are found by their names, also after those changed', async () => {
  const topic = await makeTopic(product.id, { name: 'Falconry', synonyms: ['birds of prey'] })
  const company = await makeCompany('Feather Works')
  expect((await search('birds prey', 'topics'))?.topics?.rows).toMatchObject([{ id: topic.id }])
  expect((await search('fether works', 'companies'))?.companies?.rows).toMatchObject([{ id: company.id }])
  await db().company.update({ where: { id: company.id }, data: { name: 'Plumage Ltd' } })
  await db().topic.update({ where: { id: topic.id }, data: { synonyms: ['hawks'] } })
  expect((await search('plumage', 'companies'))?.companies?.rows).toMatchObject([{ id: company.id }])
  expect((await search('hawks', 'topics'))?.topics?.rows).toMatchObject([{ id: topic.id }])
})

test('What is called as was typed, by any of its names, comes before what has the words here and there', async () => {
  const coast = await makeCommunity({ name: 'Coast', slug: 'coast-by-names' })
  const surveys = await makeCommunity({ name: 'Tidal Surveys', slug: 'tidal-surveys' })
  const part = await makeTopic(surveys.id, { name: 'Tidal' })
  const called = await makeTopic(coast.id, { name: 'TS', synonyms: ['tidal surveys'] })
  expect((await search('tidal surveys', 'topics'))?.topics?.rows.map(({ id }) => id)).toEqual([called.id, part.id])
})

test('Whatever is hidden or held is found by nobody, in no order and by no operator', async () => {
  const community = await makeCommunity({ name: 'Night Watch', slug: 'night-watch' })
  const watch = await makeMentor({ name: 'Wim Watch' })
  const state = fc.record({ held: fc.boolean(), hidden: fc.boolean(), answerHidden: fc.boolean() })
  const ids = (found: { rows: { id: string }[] } | undefined) => found?.rows.map(({ id }) => id).toSorted()
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 1, maxLength: 6 }), async (rows) => {
      round += 1
      const word = `lantern${'abcdefghijklmnopqrstuvwxyz'[round % 26]}${round}`
      const { shown, read } = await lanterns(community.id, watch.id, word, rows)
      const asked = SEARCH_SORTS.flatMap((sort) => [word, `${word} community:night-watch`, `"${word}"`].map((query) => ({ sort, query })))
      for (const { sort, query } of asked) {
        const questions = (await search(query, 'questions', undefined, sort))?.questions
        const answers = (await search(query, 'answers', undefined, sort))?.answers
        expect([ids(questions), questions?.count.count]).toEqual([shown, shown.length])
        expect([ids(answers), answers?.count.count]).toEqual([read, read.length])
      }
    }),
    { numRuns: 8 },
  )
}, 120_000)

test('What nobody may see is in no count, no facet and no list, of people and AMAs too', async () => {
  const community = await makeCommunity({ name: 'Harbour Lights' })
  const topic = await makeTopic(community.id, { name: 'Beams' })
  const state = fc.record({
    hidden: fc.boolean(),
    answerHidden: fc.boolean(),
    draft: fc.boolean(),
    cancelled: fc.boolean(),
    gone: fc.boolean(),
  })
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 1, maxLength: 4 }), async (rows) => {
      round += 1
      const word = `beacon${'abcdefghijklmnopqrstuvwxyz'[round % 26]}${round}`
      for (const row of rows) await makeBeacon({ communityId: community.id, topicId: topic.id }, word, row)
      const shown = {
        questions: rows.filter(({ hidden }) => !hidden).length,
        answers: rows.filter(({ hidden, answerHidden }) => !hidden && !answerHidden).length,
        mentors: rows.filter(({ gone }) => !gone).length,
        amas: rows.filter(({ draft, cancelled }) => !draft && !cancelled).length,
      }
      const counted = Object.entries((await search(word))?.counts ?? {}).map(([kind, { count }]) => [kind, count])
      expect(Object.fromEntries(counted)).toEqual({ ...shown, topics: 0, companies: 0 })
      for (const kind of ['questions', 'answers', 'mentors', 'amas'] as const) {
        expect([kind, (await search(word, kind))?.[kind]?.rows.length]).toEqual([kind, shown[kind]])
      }
      const facets = (await search(word, 'questions'))?.facets.rows.map(({ by, slug, count }) => [by === 'is' ? slug : by, count]) ?? []
      const { questions, answers } = shown
      const expected = Object.entries({ community: questions, topic: questions, answered: answers, open: questions - answers })
      expect(Object.fromEntries(facets)).toEqual(Object.fromEntries(expected.filter(([, count]) => count > 0)))
    }),
    { numRuns: 8 },
  )
}, 120_000)

type Beacon = { hidden: boolean; answerHidden: boolean; draft: boolean; cancelled: boolean; gone: boolean }

/** A question with an answer, whose mentor may be gone, and an AMA, all with the word. */
async function makeBeacon(place: { communityId: string; topicId: string }, word: string, state: Beacon): Promise<void> {
  const { hidden, answerHidden, draft, cancelled, gone } = state
  const at = new Date()
  const mentor = await makeMentor({ bio: `I keep a ${word}.` })
  const question = await makeQuestion(place.communityId, { ...place, title: `What is a ${word}?`, hiddenAt: hidden ? at : null })
  await makeAnswer(question.id, mentor.id, { body: `A ${word} is a light.`, hiddenAt: answerHidden ? at : null })
  const words = { introduction: `All about a ${word}.`, introductionHtml: '<p>Beams.</p>' }
  const ama = await makeAma(place, [await makeMentor()], at, { ...words, cancelledAt: cancelled ? at : null })
  if (draft) await db().ama.update({ where: { id: ama.id }, data: { publishedAt: null } })
  const nobody = { name: '[deleted]', handle: `deleted-${mentor.id}`, bio: null, mentorSince: null, deletedAt: at }
  if (gone) await db().member.update({ where: { id: mentor.id }, data: nobody })
}

type Lantern = { held: boolean; hidden: boolean; answerHidden: boolean }

/** Questions with an answer each, and the ids of those that everybody may see. */
async function lanterns(communityId: string, mentorId: string, word: string, rows: Lantern[]) {
  const [shown, read]: [string[], string[]] = [[], []]
  for (const { held, hidden, answerHidden } of rows) {
    const at = held || hidden ? new Date() : null
    const question = await makeQuestion(communityId, { title: `Who lights the ${word}?`, hiddenAt: at, heldAt: held ? at : null })
    const answerAt = answerHidden ? new Date() : null
    const answer = await makeAnswer(question.id, mentorId, { body: `The ${word} is lit by me.`, hiddenAt: answerAt })
    if (!at) shown.push(question.id)
    if (!at && !answerAt) read.push(answer.id)
  }
  return { shown: shown.toSorted(), read: read.toSorted() }
}
