import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AmaBeside,
  type Evidence,
  FULL,
  isNews,
  KEPT,
  MENTOR_WEIGHTS,
  OF_ONE_MENTOR,
  oneOfEach,
  overlap,
  type QuestionBeside,
  rankAmas,
  rankMentors,
  rankQuestions,
  recency,
  relatedness,
  share,
  standing,
  WEIGHTS,
} from '#domain/related/rules.ts'

const now = new Date('2026-11-23T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const nothing: Evidence = { likeness: 0, sameTopic: false, readers: 0, satisfied: 0, at: daysAgo(100_000) }

test('the weights of each kind come to 1', () => {
  for (const weights of [WEIGHTS.question, WEIGHTS.ama, MENTOR_WEIGHTS]) {
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1)
  }
})

test.each([
  ['nothing at all', {}, 0],
  ['the same words', { likeness: 1 }, 0.5],
  ['the same topic', { sameTopic: true }, 0.15],
  ['as many readers as can count', { readers: FULL.question.readers }, 0.15],
  ['more than can count', { readers: 50_000_000, satisfied: 50_000 }, 0.25],
  ['answered now', { at: now }, 0.1],
  ['answered a year ago', { at: daysAgo(365) }, 0.05],
  ['all of it', { likeness: 1, sameTopic: true, readers: 10_000, satisfied: 100, at: now }, 1],
])('a question beside another, with %s', (_, evidence, score) => {
  expect(relatedness('question', { ...nothing, ...evidence }, now)).toBeCloseTo(score, 2)
})

test('of AMAs the coming one is as recent as one of today, and half a year takes half of it', () => {
  const at = (when: Date) => relatedness('ama', { ...nothing, at: when }, now)
  expect(at(daysAgo(-30))).toBe(at(now))
  expect(at(daysAgo(180))).toBeCloseTo(at(now) / 2)
})

test('whoever helps people stands before whoever is read, and a thousand people count as much as can', () => {
  const mentor = { helped: 0, readers: 0, answeredAt: null }
  expect(standing({ ...mentor, helped: 100 }, now)).toBeGreaterThan(standing({ ...mentor, readers: 100_000 }, now))
  expect(standing({ helped: 1_000, readers: 100_000, answeredAt: now }, now)).toBeCloseTo(1)
  expect(standing(mentor, now)).toBe(0)
  expect(
    rankMentors(
      [
        { id: 'a', ...mentor },
        { id: 'b', ...mentor, helped: 1 },
      ],
      now,
    ),
  ).toEqual(['b'])
})

const anyEvidence = fc.record({
  likeness: fc.double({ min: 0, max: 1.2, noNaN: true }),
  sameTopic: fc.boolean(),
  readers: fc.nat(2_000_000),
  satisfied: fc.nat(5_000),
  at: fc.integer({ min: -400, max: 10_000 }).map(daysAgo),
})
const kind = fc.constantFrom('question' as const, 'ama' as const)

describe('whatever is compared', () => {
  test('a score is from 0 to 1, and more of anything never lowers it', () => {
    fc.assert(
      fc.property(kind, anyEvidence, anyEvidence, (of, one, other) => {
        const better = {
          likeness: Math.max(one.likeness, other.likeness),
          sameTopic: one.sameTopic || other.sameTopic,
          readers: Math.max(one.readers, other.readers),
          satisfied: Math.max(one.satisfied, other.satisfied),
          at: new Date(Math.max(one.at.getTime(), other.at.getTime())),
        }
        const score = relatedness(of, one, now)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1 + 1e-9)
        expect(relatedness(of, better, now)).toBeGreaterThanOrEqual(score - 1e-9)
      }),
    )
  })

  test('words are shared alike both ways, all of them with themselves', () => {
    const words = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 }).map((list) => new Set(list))
    fc.assert(
      fc.property(words, words, (one, other) => {
        expect(overlap(one, other)).toBe(overlap(other, one))
        expect(overlap(one, other)).toBeLessThanOrEqual(1 + 1e-9)
        if (one.size) expect(overlap(one, one)).toBeCloseTo(1)
      }),
    )
  })

  test('the order of what is compared changes nothing, nothing comes twice, and no more are kept than may', () => {
    const questions = fc.array(fc.record({ evidence: anyEvidence, mentor: fc.option(fc.constantFrom('ada', 'ben', 'cleo')) }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(questions, fc.infiniteStream(fc.nat()), (rows, order) => {
        const candidates: QuestionBeside[] = rows.map(({ evidence, mentor }, i) => ({ ...evidence, id: `q${i}`, mentor }))
        const ranked = rankQuestions(candidates, now)
        const shuffled = candidates
          .map((row) => ({ row, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ row }) => row)
        expect(rankQuestions(shuffled, now)).toEqual(ranked)
        expect(new Set(ranked).size).toBe(ranked.length)
        expect(ranked).toHaveLength(Math.min(candidates.length, KEPT.questions))
      }),
    )
  })

  test('of one mentor no third question comes before those of others', () => {
    const questions = fc.array(fc.record({ evidence: anyEvidence, mentor: fc.constantFrom('ada', 'ben', 'cleo') }), {
      maxLength: KEPT.questions,
    })
    fc.assert(
      fc.property(questions, (rows) => {
        const candidates = rows.map(({ evidence, mentor }, i) => ({ ...evidence, id: `q${i}`, mentor }))
        const mentors = rankQuestions(candidates, now).map((id) => candidates.find((row) => row.id === id)?.mentor ?? '')
        const third = mentors.findIndex((mentor, i) => mentors.slice(0, i).filter((each) => each === mentor).length >= OF_ONE_MENTOR)
        const counts = Object.values(Object.groupBy(mentors.slice(third === -1 ? mentors.length : third), (mentor) => mentor))
        for (const repeated of counts) {
          const before = mentors.slice(0, third).filter((mentor) => mentor === repeated?.[0]).length
          expect(before).toBe(OF_ONE_MENTOR)
        }
      }),
    )
  })

  test('of AMAs no mentor is there twice, nor one of the page’s own', () => {
    const mentors = fc.uniqueArray(fc.constantFrom<string>('ada', 'ben', 'cleo', 'dan', 'eva'), { minLength: 1, maxLength: 3 })
    const amas = fc.array(fc.record({ evidence: anyEvidence, mentors }), { maxLength: 12 })
    fc.assert(
      fc.property(amas, mentors, (rows, own) => {
        const candidates: AmaBeside[] = rows.map(({ evidence, mentors }, i) => ({ ...evidence, id: `a${i}`, mentors }))
        const shown = rankAmas(candidates, own, now).flatMap((id) => candidates.find((row) => row.id === id)?.mentors ?? [])
        expect(new Set([...shown, ...own]).size).toBe(shown.length + own.length)
        const others = candidates.some((row) => !row.mentors.some((mentor) => own.includes(mentor)))
        expect(shown.length > 0).toBe(others)
      }),
    )
  })
})

test('an AMA that nobody holds any more stands in nobody’s way', () => {
  const rows = [{ by: [] }, { by: ['ada'] }, { by: [] }, { by: ['ada', 'ben'] }, { by: ['ben'] }]
  expect(oneOfEach(rows, ({ by }) => by)).toEqual([{ by: [] }, { by: ['ada'] }, { by: [] }, { by: ['ben'] }])
})

test.each([
  ['answered an hour ago, worked out yesterday', 1, 24, true],
  ['answered an hour ago, never worked out', 1, null, true],
  ['answered an hour ago, worked out since', 1, 0.5, false],
  ['answered years ago, as an import brings it', 20_000, null, false],
])('what is news to others: %s', (_, changed, refreshed, expected) => {
  const hoursAgo = (hours: number) => daysAgo(hours / 24)
  expect(isNews({ changedAt: hoursAgo(changed), refreshedAt: refreshed === null ? null : hoursAgo(refreshed) }, now)).toBe(expected)
})

test('scales begin at nothing and end at all', () => {
  expect([share(0, 100), share(100, 100), share(1_000, 100), share(-1, 100)]).toEqual([0, 1, 1, 0])
  expect([recency(now, now, 10), recency(daysAgo(10), now, 10), recency(daysAgo(-9), now, 10)]).toEqual([1, 0.5, 1])
})
