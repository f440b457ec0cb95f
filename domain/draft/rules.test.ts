import { describe, expect, test } from 'vitest'
import { AskQuestion, PlaceKey, placeKey, suggestTopic, usualDays, waitingToken } from '#domain/draft/rules.ts'
import { paths } from '#lib/paths.ts'

const [one, other] = ['019ab000-0000-7000-8000-000000000001', '019ab000-0000-7000-8000-000000000002']

describe('A place', () => {
  test.each([`ama:${one}`, `community:${one}`, `topic:${one}`, `mentor:${one}:${other}`])('%s is read and written', (key) => {
    expect(placeKey(PlaceKey.parse(key))).toBe(key)
  })

  test.each([
    '',
    'community',
    'community:',
    `member:${one}`,
    `mentor:${one}`,
    `ama:${one}:${other}`,
    `mentor:${one}:${other}:${one}`,
    'ama:x',
    `AMA:${one}`,
  ])('%j is none', (key) => expect(PlaceKey.safeParse(key).success).toBe(false))
})

describe('A question that is sent', () => {
  const sent = { place: `community:${one}`, title: 'How do you say no to a customer?' }

  test('has no fields but its own', () => {
    const more = { role: 'admin', askedById: other, requestCount: '99', slug: 'mine', hiddenAt: '', number: '1', communityId: other }
    expect(AskQuestion.parse({ ...sent, ...more })).toEqual({ ...AskQuestion.parse(sent) })
    expect(Object.keys(AskQuestion.parse({ ...sent, ...more })).toSorted()).toEqual(['details', 'place', 'title', 'topic'])
  })

  test('is one line, without what cannot be kept', () => {
    const { title, details } = AskQuestion.parse({
      ...sent,
      title: ' How do\u0000 you\r\n say   no? ',
      details: '\r\nA\u0000\r\n\r\nB\ud800\r\n',
    })
    expect([title, details]).toEqual(['How do you say no?', 'A\n\nB\ufffd'])
    expect(AskQuestion.parse({ ...sent, details: ' \r\n ' }).details).toBeNull()
  })

  test.each([
    ['nine characters', { title: 'Too short' }, 'title'],
    ['five emoji, which JavaScript takes for ten', { title: '🙂🙂🙂🙂🙂' }, 'title'],
    ['301 characters', { title: 'a'.repeat(301) }, 'title'],
    ['5,001 characters of details', { details: 'a'.repeat(5_001) }, 'details'],
    ['a topic of another kind', { topic: 'mine' }, 'topic'],
  ])('is refused with %s', (_, wrong, field) => {
    const { error } = AskQuestion.safeParse({ ...sent, ...wrong })
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  test('may have 5,000 characters of details, however a form writes their lines', () => {
    expect(AskQuestion.parse({ ...sent, details: 'abc\r\n'.repeat(1_250) }).details).toHaveLength(4_999)
  })
})

describe('The topic that a title is about', () => {
  const topics = [
    { id: 'go', name: 'Go-to-Market', synonyms: ['GTM', 'launch'] },
    { id: 'tech', name: 'Technical Product Management', synonyms: ['TPM', 'technical product'] },
    { id: 'pricing', name: 'Pricing', synonyms: ['C++'] },
    { id: 'cafe', name: 'Café', synonyms: [] },
  ]

  test.each([
    ['How do I plan a go to market in Brazil?', 'go'],
    ['GTM, or what?', 'go'],
    ['What does a technical product manager write?', 'tech'],
    ['Is TPM a launch role?', 'launch'],
    ['What did you learn of pricing?', 'pricing'],
    ['Who reprices?', null],
    ['Which TPMs write code?', 'tech'],
    ['Is a technical products person an engineer?', 'tech'],
    ['Do you use C++ at work?', 'pricing'],
    ['How is the cafe of yours?', 'cafe'],
    ['', null],
  ])('%j: %s', (title, expected) => {
    const found = suggestTopic(title, topics)
    expect(found).toBe(expected === 'launch' ? 'go' : expected)
  })
})

test('Half of the questions are answered within whole days, once twenty were answered', () => {
  const day = 86_400
  expect(usualDays({ answerCount: 20, medianSeconds: 4.2 * day })).toBe(5)
  expect(usualDays({ answerCount: 20, medianSeconds: 60 })).toBe(1)
  expect(usualDays({ answerCount: 19, medianSeconds: day })).toBeNull()
  expect(usualDays({ answerCount: 200, medianSeconds: null })).toBeNull()
})

test('The path that somebody goes on to names what waits, and no other path does', () => {
  expect(waitingToken(paths.ask({ draft: 'a-word' }))).toBe('a-word')
  for (const path of [null, undefined, paths.ask(), paths.ask({ community: 'x' }), '/asked?draft=a-word', 'ask?draft=a-word']) {
    expect(waitingToken(path)).toBeNull()
  }
})
