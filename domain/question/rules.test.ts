import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FEW_SEEN, FIRST_PLACES, firstPlaces } from '#domain/question/rules.ts'

const HOUR = 3_600_000
type Asked = { id: string; number: number; requestCount: number; answerCount: number }

const askedFrom = (minLength: number) =>
  fc
    .array(fc.record({ requestCount: fc.integer({ min: 1, max: 9 }), answerCount: fc.integer({ min: 0, max: 1 }) }), {
      ...{ minLength, maxLength: 70, size: 'max' as const },
    })
    .map((questions): Asked[] => questions.map((question, i) => ({ ...question, id: `question ${i}`, number: i + 1 })))
const asked = askedFrom(0)
const hours = fc.integer({ min: 490_000, max: 560_000 }).map((hour) => hour * HOUR)

/** As the list reads them. */
function read(questions: Asked[]): [Asked[], Asked[]] {
  const byRequests = questions.toSorted((a, b) => b.requestCount - a.requestCount || a.number - b.number)
  const few = byRequests.toReversed().filter(({ answerCount }) => answerCount === 0)
  return [byRequests.slice(0, FIRST_PLACES + 1), few.slice(0, FEW_SEEN)]
}

describe('The first page of an AMA that people still ask in', () => {
  test('has each question once, as many as there are up to twenty', () => {
    fc.assert(
      fc.property(asked, hours, (questions, hour) => {
        const placed = firstPlaces(...read(questions), new Date(hour))
        expect(placed).toHaveLength(Math.min(questions.length, FIRST_PLACES))
        expect(new Set(placed.map(({ question }) => question.id)).size).toBe(placed.length)
      }),
    )
  })

  test('gives every fourth place to a question without an answer that is not among the most requested', () => {
    fc.assert(
      fc.property(asked, hours, (questions, hour) => {
        const [most, few] = read(questions)
        const placed = firstPlaces(most, few, new Date(hour))
        const fresh = placed.flatMap(({ question, fresh }, i) => (fresh ? [{ question, place: i + 1 }] : []))
        expect(fresh.map(({ place }) => place)).toEqual(fresh.map((_, i) => (i + 1) * 4))
        const top = most.slice(0, placed.length - Math.floor(placed.length / 4)).map(({ id }) => id)
        const candidates = few.filter(({ id }) => !top.includes(id))
        expect(fresh).toHaveLength(Math.min(candidates.length, Math.floor(placed.length / 4)))
        for (const { question } of fresh) expect(candidates).toContain(question)
      }),
    )
  })

  test('has the others by requests, and of equals the oldest first', () => {
    fc.assert(
      fc.property(asked, hours, (questions, hour) => {
        const [most, few] = read(questions)
        const others = firstPlaces(most, few, new Date(hour)).flatMap(({ question, fresh }) => (fresh ? [] : [question]))
        expect(others).toEqual(most.filter((question) => others.includes(question)))
      }),
    )
  })

  test('is the same for everybody during an hour, in whatever order the questions were read', () => {
    fc.assert(
      fc.property(
        asked,
        hours,
        fc.integer({ min: 0, max: HOUR - 1 }),
        fc.integer({ min: 0, max: HOUR - 1 }),
        (questions, hour, one, other) => {
          const [most, few] = read(questions)
          expect(firstPlaces(most, few, new Date(hour + one))).toEqual(firstPlaces(most, few.toReversed(), new Date(hour + other)))
        },
      ),
    )
  })

  test('loses at most one of its new questions when another one is asked meanwhile', () => {
    fc.assert(
      fc.property(askedFrom(FIRST_PLACES + 1), hours, (questions, hour) => {
        const fresh = (all: Asked[]) => firstPlaces(...read(all), new Date(hour)).flatMap((row) => (row.fresh ? [row.question.id] : []))
        const before = fresh(questions)
        const next = { id: 'the next one', number: questions.length + 1, requestCount: 1, answerCount: 0 }
        const after = fresh([...questions, next])
        expect(before.filter((id) => !after.includes(id)).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('shows every question that few have seen within some days', () => {
    const questions = Array.from({ length: 55 }, (_, i) => ({
      id: `question ${i}`,
      number: i + 1,
      requestCount: i < 15 ? 9 : 1,
      answerCount: 0,
    }))
    const [most, few] = read(questions)
    const seen = new Set<string>()
    for (let hour = 490_000; hour < 490_000 + 24 * 5; hour += 1) {
      for (const { question, fresh } of firstPlaces(most, few, new Date(hour * HOUR))) if (fresh) seen.add(question.id)
    }
    expect(seen.size).toBe(40)
  })
})
