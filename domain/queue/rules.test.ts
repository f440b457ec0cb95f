import { describe, expect, test } from 'vitest'
import {
  ACTS,
  type Crowd,
  canDecline,
  canDefer,
  canPutBack,
  coverOrder,
  minutesByLength,
  offer,
  paceOf,
  type Wanted,
} from '#domain/queue/rules.ts'

const wanted = (id: string, uncounted = 0, day = 1, minutes = 5): Wanted => ({
  id,
  uncounted,
  minutes,
  askedAt: new Date(Date.UTC(2026, 0, day)),
})
const order = (questions: Wanted[], crowds: Crowd[]) => coverOrder(questions, crowds).map(({ id }) => id)

describe('The order that helps most people', () => {
  test('begins with the most wanted, and goes on with the third: the second is wanted by the same people', () => {
    const questions = [wanted('first', 1), wanted('second'), wanted('third', 6)]
    const crowds = [{ people: 9, waitFor: ['first', 'second'] }]
    expect(coverOrder(questions, crowds)).toEqual([
      { id: 'first', helps: 10 },
      { id: 'third', helps: 6 },
      { id: 'second', helps: 0 },
    ])
  })

  test('takes of equals the oldest', () => {
    expect(order([wanted('young', 3, 9), wanted('old', 3, 2), wanted('middle', 3, 5)], [])).toEqual(['old', 'middle', 'young'])
  })

  test('counts whom an import counted for that question alone', () => {
    expect(coverOrder([wanted('imported', 5), wanted('ours')], [{ people: 4, waitFor: ['imported', 'ours'] }])).toEqual([
      { id: 'imported', helps: 9 },
      { id: 'ours', helps: 0 },
    ])
  })

  test('is empty where nothing waits', () => expect(coverOrder([], [])).toEqual([]))
})

// Numbers that look random and are the same in every run: a case that fails fails again.
function* random(seed: number) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

/** Any questions, any crowds, by a number. */
function anyCase(seed: number): { questions: Wanted[]; crowds: Crowd[] } {
  const numbers = random(seed)
  const below = (n: number) => Math.floor((numbers.next().value ?? 0) * n)
  const questions = Array.from({ length: 1 + below(8) }, (_, i) => wanted(`q${i}`, below(4), 1 + below(3), 1 + below(9)))
  const crowds = Array.from({ length: below(10) }, () => {
    const waitFor = questions.filter(() => below(3) === 0).map(({ id }) => id)
    return { people: 1 + below(6), waitFor }
  })
  return { questions, crowds: crowds.filter(({ waitFor }) => waitFor.length > 1) }
}

/** People helped by these answers. */
function helpedBy(ids: string[], { questions, crowds }: ReturnType<typeof anyCase>): number {
  const alone = questions.filter(({ id }) => ids.includes(id)).reduce((sum, { uncounted }) => sum + uncounted, 0)
  return crowds.filter(({ waitFor }) => waitFor.some((id) => ids.includes(id))).reduce((sum, { people }) => sum + people, alone)
}

function subsets<T>(all: T[]): T[][] {
  return all.length === 0 ? [[]] : subsets(all.slice(1)).flatMap((set) => [set, [...set, ...all.slice(0, 1)]])
}

describe('In a thousand cases', () => {
  const cases = Array.from({ length: 1_000 }, (_, i) => anyCase(i + 1))

  test('every question comes once, and what it says it helps is what it adds; coverage never falls', () => {
    for (const one of cases) {
      const chosen = coverOrder(one.questions, one.crowds)
      expect(chosen.map(({ id }) => id).toSorted()).toEqual(one.questions.map(({ id }) => id).toSorted())
      let before = 0
      for (const [i, { helps }] of chosen.entries()) {
        const ids = chosen.slice(0, i + 1).map(({ id }) => id)
        const now = helpedBy(ids, one)
        expect(helps).toBe(now - before)
        expect(helps).toBeLessThanOrEqual(chosen[i - 1]?.helps ?? helps)
        before = now
      }
    }
  })

  test('each next one is the best there is, of equals the oldest', () => {
    for (const one of cases) {
      const chosen = coverOrder(one.questions, one.crowds)
      for (const [i, { id, helps }] of chosen.entries()) {
        const before = chosen.slice(0, i).map((earlier) => earlier.id)
        const others = one.questions.filter((other) => other.id !== id && !before.includes(other.id))
        for (const other of others) {
          const would = helpedBy([...before, other.id], one) - helpedBy(before, one)
          expect(would).toBeLessThanOrEqual(helps)
          const own = one.questions.find((question) => question.id === id)
          if (would === helps) expect(own?.askedAt.getTime()).toBeLessThanOrEqual(other.askedAt.getTime())
        }
      }
    }
  })

  test('the first k help at most what the best k would, and no less than 63 % of it', () => {
    for (const one of cases) {
      const ids = coverOrder(one.questions, one.crowds).map(({ id }) => id)
      const sets = subsets(ids)
      for (let k = 1; k <= ids.length; k++) {
        const best = Math.max(...sets.filter((set) => set.length === k).map((set) => helpedBy(set, one)))
        const greedy = helpedBy(ids.slice(0, k), one)
        expect(greedy).toBeLessThanOrEqual(best)
        expect(greedy).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best - 1e-9)
      }
    }
  })

  test('what is offered for some minutes fits into them, and helps at least 39 % of what could be helped in them', () => {
    for (const one of cases) {
      const minutes = 12
      const time = (ids: string[]) => one.questions.filter(({ id }) => ids.includes(id)).reduce((sum, each) => sum + each.minutes, 0)
      const ids = offer(minutes, one.questions, one.crowds).map(({ id }) => id)
      expect(time(ids)).toBeLessThanOrEqual(minutes)
      const possible = subsets(one.questions.map(({ id }) => id)).filter((set) => time(set) <= minutes)
      const best = Math.max(...possible.map((set) => helpedBy(set, one)))
      expect(helpedBy(ids, one)).toBeGreaterThanOrEqual((1 - 1 / Math.sqrt(Math.E)) * best - 1e-9)
    }
  })
})

describe('What is offered', () => {
  test('is what fits, by people a minute', () => {
    const questions = [wanted('long', 10, 1, 12), wanted('short', 6, 1, 4), wanted('other', 5, 1, 6)]
    expect(offer(12, questions, [])).toEqual([
      { id: 'short', helps: 6 },
      { id: 'other', helps: 5 },
    ])
  })

  test('is one question where that helps more than many', () => {
    const questions = [wanted('long', 20, 1, 12), wanted('short', 2, 1, 1), wanted('other', 3, 1, 11)]
    expect(offer(12, questions, [])).toEqual([{ id: 'long', helps: 20 }])
  })

  test('is nothing where nothing fits, or nobody waits', () => {
    expect(offer(3, [wanted('long', 9, 1, 12)], [])).toEqual([])
    expect(offer(60, [wanted('nobody', 0)], [])).toEqual([])
  })
})

describe('The minutes that an answer takes', () => {
  const at = (...minutes: number[]) => minutes.map((minute) => new Date(minute * 60_000))

  test('are the median between two of one sitting', () => {
    expect(paceOf(at(0, 4, 8, 14, 17, 27))).toBe(4)
    expect(paceOf(at(0, 4, 8, 14, 17, 27).toReversed())).toBe(4)
    // A night lies between.
    expect(paceOf(at(0, 4, 8, 14, 600, 607, 617))).toBe(6)
  })

  test('are not known from fewer than five', () => {
    expect(paceOf([])).toBeNull()
    expect(paceOf(at(0, 4, 8, 14, 17))).toBeNull()
    expect(paceOf(at(0, 1_000, 2_000, 3_000, 4_000, 5_000))).toBeNull()
  })

  test('go by the length of the question then', () => {
    expect([10, 399, 400, 5_300].map(minutesByLength)).toEqual([3, 3, 4, 12])
  })
})

describe('A mentor', () => {
  test('puts a question off to a day of the next sixty', () => {
    const now = new Date('2026-11-22T12:00:00Z')
    expect(canDefer(new Date('2026-11-23'), now)).toBe(true)
    expect(canDefer(new Date('2026-11-22'), now)).toBe(false)
    expect(canDefer(new Date('2027-01-21'), now)).toBe(true)
    expect(canDefer(new Date('2027-01-22'), now)).toBe(false)
  })

  test('declines what was asked of them, not what is open to everybody', () => {
    expect((['me', 'ama', 'open'] as const).map((source) => canDecline({ source }))).toEqual([true, true, false])
  })

  test('puts back what nobody was told of', () => {
    expect(ACTS.filter((act) => canPutBack({ act }))).toEqual(['skip', 'defer'])
  })
})
