import type { z } from 'zod'
import { shutAma } from '#domain/ama/commands.ts'
import { isShownAma } from '#domain/ama/queries.ts'
import { became, getClosable } from '#domain/closing/queries.ts'
import {
  type CloseAma,
  canClose,
  closesAt,
  endedBefore,
  endOfClosed,
  isToldClosed,
  notHereIn,
  whyNotClosed,
} from '#domain/closing/rules.ts'
import { announce } from '#domain/notice/commands.ts'
import { leaveUnanswered } from '#domain/question/commands.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/**
 * Closes an AMA that is past, or ends and closes one that is on. Of its undecided questions those that the form names are not
 * answered here; all others stay open in the community, with their requests. Of two who close it at once the first one has.
 */
export async function closeAma(viewer: Viewer, form: z.output<typeof CloseAma>, { now }: Visit): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const found = await getClosable({ id: form.id })
  ensure(found !== null && canClose(viewer, found), 'not_found', 'There is no AMA here that you host or hold.')
  return db().$transaction(async (tx) => {
    // Questions before their AMA, as whoever answers locks them.
    const left = await tx.$queryRaw<{ id: string }[]>`
      SELECT q.id FROM "Question" q
      WHERE q."amaId" = ${form.id}::uuid AND q.id = ANY(${notHereIn(form)}::uuid[]) AND ${shownQuestion} AND ${became(now)} = 'open'
      ORDER BY q.id FOR NO KEY UPDATE OF q`
    await lockAma(tx, form.id)
    const ama = await getClosable({ id: form.id }, tx)
    ensure(ama !== null, 'not_found', 'This AMA is not here any more.')
    ensure(ama.closedAt === null, 'conflict', `${ama.closedBy ?? 'Somebody'} has closed it in the meantime.`)
    const why = whyNotClosed(ama, now)
    ensure(why === null, 'conflict', why ?? '')
    await leaveUnanswered(
      tx,
      left.map(({ id }) => id),
      now,
    )
    await shutAma(tx, ama.id, { endsAt: endOfClosed(ama, now), closedAt: now, closedById: viewer.memberId, closingNote: form.note })
    await announce(tx, { event: 'ama-closed', amaId: ama.id }, viewer.memberId)
    return { to: paths.closeAma(ama.slug) }
  })
}

/** Closes every AMA that ended a week ago, as of then: what nobody decided stays open. Of what ended long
 * ago, as an import brings it, nobody is told. Done twice, it finds nothing more. */
export async function closePastAmas(now: Date): Promise<void> {
  for (;;) {
    const past = await db().ama.findMany({
      where: { ...isUnclosed, endsAt: { lte: endedBefore(now) } },
      orderBy: [{ endsAt: 'asc' }, { id: 'asc' }],
      take: AT_ONCE,
      select: { id: true, endsAt: true },
    })
    for (const { id, endsAt } of past) await closeItself(id, endsAt, now)
    if (past.length < AT_ONCE) return
  }
}

const AT_ONCE = 100

async function closeItself(id: string, endsAt: Date, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockAma(tx, id)
    // Whoever closed or moved it meanwhile was first.
    if ((await tx.ama.count({ where: { ...isUnclosed, id, endsAt } })) === 0) return
    await shutAma(tx, id, { endsAt, closedAt: closesAt(endsAt), closedById: null, closingNote: null })
    if (isToldClosed(endsAt, now)) await announce(tx, { event: 'ama-closed', amaId: id })
  })
}

async function lockAma(tx: Db, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM "Ama" WHERE id = ${id}::uuid FOR UPDATE`
}

const isUnclosed = { ...isShownAma, cancelledAt: null, closedAt: null }
