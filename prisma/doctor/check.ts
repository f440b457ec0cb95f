import type { Client } from 'pg'

/** What of the site's rows is wrong: how many, and some of them. `hint` says what to do where no repair can. */
export type Found = { rows: number; samples: string[]; hint?: string }

/**
 * Something that has to hold and that no constraint of the schema can see to. `find` changes nothing; `repair` brings about
 * what can be known, while people go on writing. Without it somebody has to look.
 */
export type Check = {
  /** What is so when it is wrong. */
  says: string
  find: (session: Client, tell: Tell) => Promise<Found>
  repair?: (session: Client, tell: Tell) => Promise<unknown>
}

export type Tell = (done: number, total: number) => void

/** Of what is wrong, so many are named. */
export const SAMPLES = 3

export const nothing: Found = { rows: 0, samples: [] }

/** A check that is one statement, which gives a text for each row that is wrong, and one or more that put it right. */
export function statements(says: string, find: string, ...repairs: string[]): Check {
  return {
    says,
    async find(session) {
      const { rows } = await session.query<{ n: number; sample: string }>(
        `SELECT count(*) OVER ()::int AS n, sample FROM (${find}) wrong (sample) ORDER BY sample LIMIT ${SAMPLES}`,
      )
      return { rows: rows[0]?.n ?? 0, samples: rows.map(({ sample }) => sample) }
    },
    repair: repairs.length
      ? async (session) => {
          for (const repair of repairs) await session.query(repair)
        }
      : undefined,
  }
}
