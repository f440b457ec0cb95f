import type { z } from 'zod'
import { shownAnswer } from '#domain/answer/queries.ts'
import type { AnsweredBy } from '#domain/deflection/rules.ts'
import { forgetDraft } from '#domain/draft/commands.ts'
import { dailyHash } from '#lib/daily-hash.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/**
 * Notes that an answer said what somebody was about to ask, once for each reader and day, and not for its author; the
 * draft goes. Leads to the answer.
 */
export async function noteAnswered(viewer: Viewer, { answer, place, draft }: z.output<typeof AnsweredBy>, visit: Visit): Promise<Outcome> {
  const { now, address, agent } = visit
  const who = viewer ? ['member', viewer.memberId] : ['visitor', address, agent]
  const reader = Buffer.from(dailyHash('saved a question', now.toISOString().slice(0, 10), who), 'hex')
  return db().$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ slug: string; mentorId: string }[]>`
      SELECT q.slug, a."mentorId" FROM "Answer" a JOIN "Question" q ON q.id = a."questionId" WHERE a.id = ${answer}::uuid AND ${shownAnswer}`
    ensure(found !== undefined, 'not_found', 'This answer is not there any more.')
    if (found.mentorId !== viewer?.memberId) {
      await tx.deflection.createMany({ data: [{ answerId: answer, reader, happenedAt: now }], skipDuplicates: true })
    }
    await forgetDraft(tx, viewer, { place, draft })
    return { to: paths.answer(found.slug, answer) }
  })
}
