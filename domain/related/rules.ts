/**
 * What stands beside a page is what comes closest to it by five things, each between 0 and 1 and each with its weight; the
 * weights of a kind come to 1, and so at most does the sum. docs/decisions/054 says why these.
 * - words: how much alike the words are (of questions, as domain/similar finds it; of AMAs, `overlap`);
 * - topic: 1 within the same topic, else 0;
 * - readers: views of the answers, on a scale of powers: nobody is 0, `FULL` and more is 1;
 * - satisfied: people whose requests the answers satisfied, on such a scale;
 * - recency: 1 for now and what is to come, half of it after a half-life, a quarter after two.
 */
export const WEIGHTS = {
  question: { words: 0.5, topic: 0.15, readers: 0.15, satisfied: 0.1, recency: 0.1 },
  ama: { words: 0.3, topic: 0.3, readers: 0.1, satisfied: 0.1, recency: 0.2 },
} as const

/** So many views, and satisfied requests, are all that can count. */
export const FULL = { question: { readers: 10_000, satisfied: 100 }, ama: { readers: 100_000, satisfied: 1_000 } } as const

/** Days after which what was answered last, or an AMA that was held, counts half as recent. */
export const HALF_LIFE = { question: 365, ama: 180, mentor: 180 } as const

/**
 * Mentors of a community are ranked by people helped there (domain/member/rules.ts says who counts; and those whom an import
 * counted, for who answered first), by views of their answers there, and by when the last one was given.
 */
export const MENTOR_WEIGHTS = { helped: 0.6, readers: 0.2, recency: 0.2 } as const
export const MENTOR_FULL = { helped: 1_000, readers: 100_000 } as const

/** How many a rail shows. */
export const SHOWN = { questions: 5, amas: 3, mentors: 10 } as const
/** How many are kept for it, so that it fills although some of them are hidden, or gone, or on the page already. */
export const KEPT = { questions: 12, amas: 9, mentors: 30 } as const

/** Of related questions that the same mentor answered first, so many come before those of others. */
export const OF_ONE_MENTOR = 2

/** What speaks for showing one thing beside another. `likeness` from 0 to 1; `readers` and `satisfied` are numbers of people. */
export type Evidence = { likeness: number; sameTopic: boolean; readers: number; satisfied: number; at: Date }

/** How related they are, from 0 to 1. */
export function relatedness(kind: keyof typeof WEIGHTS, evidence: Evidence, now: Date): number {
  const weights = WEIGHTS[kind]
  return (
    weights.words * Math.min(1, Math.max(0, evidence.likeness)) +
    weights.topic * (evidence.sameTopic ? 1 : 0) +
    weights.readers * share(evidence.readers, FULL[kind].readers) +
    weights.satisfied * share(evidence.satisfied, FULL[kind].satisfied) +
    weights.recency * recency(evidence.at, now, HALF_LIFE[kind])
  )
}

/** Of a mentor in a community, from 0 to 1. `answeredAt`: the last time; null where there is no answer. */
export type Standing = { helped: number; readers: number; answeredAt: Date | null }

export function standing({ helped, readers, answeredAt }: Standing, now: Date): number {
  return (
    MENTOR_WEIGHTS.helped * share(helped, MENTOR_FULL.helped) +
    MENTOR_WEIGHTS.readers * share(readers, MENTOR_FULL.readers) +
    MENTOR_WEIGHTS.recency * (answeredAt ? recency(answeredAt, now, HALF_LIFE.mentor) : 0)
  )
}

/** 0 for none, 1 for `full` and more; between them each further step takes as many times more. */
export function share(count: number, full: number): number {
  return Math.min(1, Math.log1p(Math.max(0, count)) / Math.log1p(full))
}

/** 1 for now and later; half after so many days. */
export function recency(at: Date, now: Date, halfLife: number): number {
  return 0.5 ** (Math.max(0, now.getTime() - at.getTime()) / (halfLife * DAY))
}

/** What two sets of words share, from 0 to 1: as many as both have, of the geometric mean of how many each has. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let shared = 0
  for (const word of few) if (many.has(word)) shared += 1
  return shared / Math.sqrt(a.size * b.size)
}

export type QuestionBeside = Evidence & { id: string; mentor: string | null }

/**
 * Questions to stand beside another, the most related first, those of one mentor spread; at most as many as are kept. Of two
 * that are equally related the earlier one comes first.
 */
export function rankQuestions(candidates: QuestionBeside[], now: Date): string[] {
  const ranked = byScore(candidates, (candidate) => relatedness('question', candidate, now))
  const taken = new Map<string, number>()
  const spread = ranked.map((candidate) => {
    const before = (candidate.mentor && taken.get(candidate.mentor)) || 0
    if (candidate.mentor) taken.set(candidate.mentor, before + 1)
    return { id: candidate.id, repeats: before >= OF_ONE_MENTOR }
  })
  return [...spread.filter(({ repeats }) => !repeats), ...spread.filter(({ repeats }) => repeats)]
    .slice(0, KEPT.questions)
    .map(({ id }) => id)
}

export type AmaBeside = Evidence & { id: string; mentors: string[] }

/** AMAs to stand beside a page, the most related first: none of the page's `own` mentors, and of each mentor only one. */
export function rankAmas(candidates: AmaBeside[], own: readonly string[], now: Date): string[] {
  const ranked = byScore(candidates, (candidate) => relatedness('ama', candidate, now))
  return oneOfEach(ranked, ({ mentors }) => mentors, own)
    .slice(0, KEPT.amas)
    .map(({ id }) => id)
}

/** Rows in their order without those of anybody who has one before, or is among `own`. */
export function oneOfEach<Row>(rows: Row[], mentorsOf: (row: Row) => string[], own: readonly string[] = []): Row[] {
  const seen = new Set(own)
  return rows.filter((row) => {
    const mentors = mentorsOf(row)
    if (mentors.some((id) => seen.has(id))) return false
    for (const id of mentors) seen.add(id)
    return true
  })
}

/** Mentors of a community, the first one first, without those of whom nothing speaks; at most as many as are kept. */
export function rankMentors(mentors: (Standing & { id: string })[], now: Date): string[] {
  const known = mentors.filter(({ helped, readers, answeredAt }) => helped > 0 || readers > 0 || answeredAt)
  return byScore(known, (mentor) => standing(mentor, now))
    .slice(0, KEPT.mentors)
    .map(({ id }) => id)
}

/** A question that changed is worked out anew once it has rested for so long, in milliseconds: what changes often, once. */
export const RESTS_FOR = 20_000
/** Questions that one run of the job works out; it runs each minute. */
export const EACH_RUN = 100
/** Questions that each night adds: half of them those read most since they were worked out, half those whose turn was longest ago. */
export const EACH_NIGHT = 20_000

/** What was asked, shown or answered in the last day, and after it was worked out, is news to the pages of those that it is like. */
export function isNews({ changedAt, refreshedAt }: { changedAt: Date; refreshedAt: Date | null }, now: Date): boolean {
  return changedAt.getTime() > now.getTime() - DAY && (refreshedAt === null || changedAt > refreshedAt)
}

const DAY = 24 * 60 * 60 * 1000

function byScore<Row extends { id: string }>(rows: Row[], score: (row: Row) => number): Row[] {
  return rows
    .map((row) => ({ row, score: score(row) }))
    .toSorted((a, b) => b.score - a.score || (a.row.id < b.row.id ? -1 : 1))
    .map(({ row }) => row)
}
