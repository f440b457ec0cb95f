import type { Client } from 'pg'
import { instantOf } from '#lib/zone.ts'
import { type Check, type Found, SAMPLES } from '#prisma/doctor/check.ts'

type AmaTime = { id: string; slug: string; local: string; timeZone: string; startsAt: Date }

/** What was typed is the local time. The instant follows it when a country changes its clocks before the day. */
export const clockCheck: Check = {
  says: 'An AMA begins at another moment than its clock says',
  async find(session) {
    const found: Found = { rows: 0, samples: [] }
    for await (const { slug } of wrongTimes(session)) {
      found.rows += 1
      if (found.samples.length < SAMPLES) found.samples.push(slug)
    }
    return found
  },
  async repair(session) {
    for await (const { id, startsAt, should } of wrongTimes(session)) {
      if (!should) continue
      await session.query(
        `UPDATE "Ama" SET "startsAt" = $2, "endsAt" = "endsAt" + ($2::timestamptz - "startsAt"),
           "questionsOpenAt" = "questionsOpenAt" + ($2::timestamptz - "startsAt") WHERE id = $1 AND "startsAt" = $3`,
        [id, should, startsAt],
      )
    }
  },
}

/** `should` is null where no clock ever shows that time. */
async function* wrongTimes(session: Client): AsyncGenerator<AmaTime & { should: Date | null }> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await session.query<AmaTime>(
      `SELECT id, slug, to_char("startsAtLocal", 'YYYY-MM-DD"T"HH24:MI:SS') AS local, "timeZone", "startsAt"
       FROM "Ama" WHERE id > $1 ORDER BY id LIMIT 1000`,
      [after],
    )
    for (const row of rows) {
      const should = instantOrNull(row)
      if (should?.getTime() !== row.startsAt.getTime()) yield { ...row, should }
      after = row.id
    }
    if (rows.length < 1000) return
  }
}

function instantOrNull({ local, timeZone }: AmaTime): Date | null {
  try {
    return instantOf(local, timeZone)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
