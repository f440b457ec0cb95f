import { isShownAma } from '#domain/ama/queries.ts'
import { amaPhase } from '#domain/ama/rules.ts'
import { mayFollow, type ToldEvent } from '#domain/ama-event/rules.ts'
import { shownAnswer } from '#domain/answer/queries.ts'
import { holdsAt, listBeingAnswered } from '#domain/answer-lease/queries.ts'
import { shownQuestion } from '#domain/question/queries.ts'
import { db } from '#lib/db.ts'
import type { Followed, Happened } from '#lib/front/channel.ts'

/** The number of the newest event of an AMA; 0 before there is one. To be read before what the page shows: then it misses none. */
export async function newestEvent(amaId: string): Promise<number> {
  const newest = await db().amaEvent.findFirst({ where: { amaId }, orderBy: { number: 'desc' }, select: { number: true } })
  return newest?.number ?? 0
}

/** An AMA for those who follow it: what everybody may know and nothing else. Null where it is not there, or not near. */
export async function findFollowedAma(slug: string, now: () => Date = () => new Date()): Promise<Followed | null> {
  const ama = await db().ama.findFirst({ where: { slug, ...isShownAma }, select: { id: true, ...times } })
  if (!ama || !mayFollow(ama, now())) return null
  const { id } = ama
  return {
    key: id,
    newest: () => newestEvent(id),
    after: (number, most) => listEvents(id, number, most, now()),
    state: () => getState(id, now()),
  }
}

/**
 * Events after `number`, in order. What concerns a question that is not shown, or an answer that is not, is nobody's
 * business, except that it is gone; ids of both are told, and never who asked.
 */
async function listEvents(amaId: string, number: number, most: number, now: Date): Promise<Happened[]> {
  const rows = await db().$queryRaw<Event[]>`
    SELECT e.number, e.kind, e."questionId", q.id IS NOT NULL AS shown, q.number AS place,
      CASE WHEN e.kind = 'answering' THEN (
        SELECT string_agg(w.name, ' and ' ORDER BY l.since, w.id) FROM "AnswerLease" l JOIN "Member" w ON w.id = l."memberId"
        WHERE l."questionId" = q.id AND ${holdsAt(now)}) ELSE m.name END AS by
    FROM "AmaEvent" e
    LEFT JOIN "Question" q ON q.id = e."questionId" AND ${shownQuestion}
    LEFT JOIN "Answer" a ON a.id = e."answerId" AND ${shownAnswer}
    LEFT JOIN "Member" m ON m.id = a."mentorId"
    WHERE e."amaId" = ${amaId}::uuid AND e.number > ${number} ORDER BY e.number LIMIT ${most}`
  return rows.map((row) => ({ number: row.number, about: row.questionId, ends: row.kind === 'hidden', data: told(row) }))
}

type Event = { number: number; kind: ToldEvent['kind']; questionId: string | null; shown: boolean; place: number | null; by: string | null }

function told({ kind, questionId, shown, place, by }: Event): ToldEvent | null {
  if (questionId === null) return { kind }
  if (kind === 'hidden') return { kind, question: questionId }
  if (!shown || place === null) return null
  return { kind, question: questionId, number: place, ...(by === null ? {} : { by }) }
}

/** Questions whose number of requests is followed: those at the top, where it decides the order. */
const COUNTED = 200

/** Milliseconds that a page may be kept in front: only then every page is of the new phase. */
const KEPT_MS = 1_500

async function getState(amaId: string, now: Date): Promise<Record<string, unknown> | null> {
  const before = new Date(now.getTime() - KEPT_MS)
  const [ama, answering, questions] = await Promise.all([
    db().ama.findUnique({ where: { id: amaId }, select: times }),
    listBeingAnswered(amaId, before),
    db().$queryRaw<{ id: string; requestCount: number }[]>`
      SELECT q.id, q."requestCount" FROM "Question" q WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion}
      ORDER BY -q."requestCount", q.number LIMIT ${COUNTED}`,
  ])
  if (!ama || !mayFollow(ama, now)) return null
  const phase = amaPhase(ama, before)
  // That one ends by itself is told here; that one begins, by an event.
  const answered = phase === 'live' ? answering.map(({ id }) => id) : []
  return { phase, answering: answered, ...Object.fromEntries(questions.map(({ id, requestCount }) => [`request:${id}`, requestCount])) }
}

const times = { startsAt: true, endsAt: true, cancelledAt: true } as const
