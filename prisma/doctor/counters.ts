import { findDrift, repairDrift } from '#prisma/derived.ts'
import { type Check, statements } from '#prisma/doctor/check.ts'

/** What triggers keep, against its rows. After all checks whose repair changes rows that count. */
export const counterChecks: Check[] = [
  statements(
    'An answer has fewer views than were counted',
    `SELECT a.id::text FROM "Answer" a JOIN (SELECT "answerId", count(*) AS n FROM "AnswerView" GROUP BY 1) kept ON kept."answerId" = a.id
     WHERE a."viewCount" < a."viewBase" + kept.n`,
    // Whoever counts more meanwhile is not taken back.
    `UPDATE "Answer" a SET "viewCount" = greatest(a."viewCount", a."viewBase" + kept.n)
     FROM (SELECT "answerId", count(*) AS n FROM "AnswerView" GROUP BY 1) kept
     WHERE kept."answerId" = a.id AND a."viewCount" < a."viewBase" + kept.n`,
  ),
  {
    says: 'What is counted is not what there is',
    async find(session) {
      const drifts = await findDrift(session)
      return {
        rows: drifts.reduce((sum, { rows }) => sum + rows, 0),
        samples: drifts.map(({ table, rows, sample }) => `${table} (${rows}), ${JSON.stringify(sample)}`),
      }
    },
    repair: (session, tell) => repairDrift(session, (repaired) => tell(repaired, repaired + 1)),
  },
]
