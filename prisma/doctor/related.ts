import { refreshRelated } from '#domain/related/commands.ts'
import { type Check, statements } from '#prisma/doctor/check.ts'

// A large import waits its turn for days; while anything is worked out at all, that is right.
const late = statements(
  'What stands beside questions was not worked out for a day, though it waits: does the worker run?',
  `SELECT q.slug FROM "RelatedToQuestion" r JOIN "Question" q ON q.id = r."questionId" WHERE r."dueAt" < now() - interval '1 day'
     AND NOT EXISTS (SELECT FROM "RelatedToQuestion" done WHERE done."refreshedAt" > now() - interval '1 day')`,
)

/** After what questions are found by, which decides what is like them. */
export const relatedCheck: Check = {
  ...late,
  // A run at a time, until the oldest was done; then there is no more to find.
  async repair(session, tell) {
    for (let left = await overdue(); left > 0; left = await overdue()) {
      tell(0, left)
      await refreshRelated(new Date())
    }
    async function overdue(): Promise<number> {
      const { rows } = await session.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM "RelatedToQuestion" WHERE "dueAt" < now() - interval '1 minute'`,
      )
      return rows[0]?.n ?? 0
    }
  },
}
