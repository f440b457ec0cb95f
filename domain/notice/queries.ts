import { z } from 'zod'
import {
  DAILY,
  KIND_OF_WHY,
  KINDS,
  Kind,
  type Level,
  mornings,
  type NoticeEvent,
  type Told,
  TURN_OFF,
  type Why,
} from '#domain/notice/rules.ts'
import { DatedKeys, decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import { unseal } from '#lib/seal.ts'
import type { Viewer } from '#lib/viewer.ts'

type Person = NonNullable<Viewer>

export type NoticeView = Told & { id: string; reason: string | null; words: string | null; toldAt: Date; readAt: Date | null }

/** What the viewer was told, the latest first; not of what was hidden since. Null where `after` is not a cursor of this list. */
export async function listNotices(
  { memberId }: Person,
  { kind, after }: { kind?: Kind; after?: string | string[] } = {},
): Promise<Page<NoticeView> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<NoticeView[]>`
    ${noticeView} WHERE n."memberId" = ${memberId}::uuid AND ${stillShown}
      ${kind ? Prisma.sql`AND n.kind = ${kind}` : Prisma.empty}
      ${keys ? Prisma.sql`AND (n."toldAt", n.id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY n."toldAt" DESC, n.id DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.toldAt.getTime(), last.id])
}

/** How many of what `listNotices` has the viewer has not read, 100 at most: it is asked with every page. */
export async function countUnread({ memberId }: Person): Promise<number> {
  const [row] = await db().$queryRaw<{ unread: number }[]>`
    SELECT count(*)::int AS unread FROM (
      SELECT FROM ${noticeAndWhatOf} WHERE n."memberId" = ${memberId}::uuid AND n."readAt" IS NULL AND ${stillShown} LIMIT 100) counted`
  return row?.unread ?? 0
}

export async function getOwnNotice({ memberId }: Person, id: string): Promise<NoticeView | null> {
  if (!z.uuid().safeParse(id).success) return null
  const [found] = await db().$queryRaw<NoticeView[]>`${noticeView} WHERE n.id = ${id}::uuid AND n."memberId" = ${memberId}::uuid`
  return found ?? null
}

/** The kinds of what the viewer was told. */
export async function listOwnKinds({ memberId }: Person): Promise<Kind[]> {
  const rows = await db().$queryRaw<{ kind: string | null }[]>`SELECT DISTINCT kind FROM "Notice" WHERE "memberId" = ${memberId}::uuid`
  return KINDS.filter((kind) => rows.some((row) => row.kind === kind))
}

/** What of each kind that there is for the viewer reaches them. */
export async function listChoices({ memberId, hosts, moderates, admin }: Person): Promise<[Kind, Level][]> {
  const [rows, member] = await Promise.all([
    db().$queryRaw<{ kind: string; level: Level }[]>`SELECT kind, level FROM "NoticeChoice" WHERE "memberId" = ${memberId}::uuid`,
    db().member.findUnique({ where: { id: memberId }, select: { mentorSince: true } }),
  ])
  const mentor = Boolean(member?.mentorSince)
  const others: Partial<Record<Kind, boolean>> = {
    mentor,
    waiting: mentor,
    host: hosts.length + moderates.length > 0,
    moderator: admin || moderates.length > 0,
  }
  const own = KINDS.filter((kind) => others[kind] ?? true)
  return own.map((kind) => [kind, rows.find((row) => row.kind === kind)?.level ?? 'mail'])
}

/** Whose mails of which kind a link of a mail turns off; null where it is none of ours. */
export function readOffWord(word: string): { memberId: string; kind: Kind } | null {
  try {
    const [memberId = '', kind = ''] = unseal(TURN_OFF, word).split(' ')
    return { memberId, kind: Kind.parse(kind) }
  } catch {
    return null
  }
}

/** A notice and whom it goes to. */
export type NoticeLetter = NoticeView & { memberId: string; kind: Kind | null; name: string; email: string }

/** A notice with whom it goes to by mail; null where there is no such notice or account any more. */
export async function getNoticeLetter(id: string): Promise<NoticeLetter | null> {
  const [found] = await db().$queryRaw<NoticeLetter[]>`
    SELECT told.*, n."memberId", n.kind, m.name, acc.email
    FROM (${noticeView} WHERE n.id = ${id}::uuid) told JOIN "Notice" n ON n.id = told.id
    JOIN "Member" m ON m.id = n."memberId" JOIN "Account" acc ON acc."memberId" = n."memberId"`
  return found ?? null
}

/**
 * Where it is morning for members who say their zone, and in UTC for those who do not: a table of zone and day, empty where that
 * is nowhere.
 */
export async function morningZones(now: Date): Promise<Prisma.Sql> {
  const rows = await db().$queryRaw<{ zone: string }[]>`SELECT DISTINCT "timeZone" AS zone FROM "Member" WHERE "timeZone" IS NOT NULL`
  const here = mornings([...new Set(['UTC', ...rows.map(({ zone }) => zone)])], now)
  return Prisma.sql`unnest(${here.map(({ zone }) => zone)}::text[], ${here.map(({ day }) => day)}::text[])`
}

/**
 * Of the member \`m\`: what waits may be told by this event, once a day at most, unless they want to hear nothing of its kind.
 * Joins \`told\`, with "toldAt" of the last time.
 */
export function mayHearDaily(event: 'questions-wait' | 'reports-wait', kind: Kind, now: Date): Prisma.Sql {
  return Prisma.sql`
    JOIN "Account" acc ON acc."memberId" = m.id AND coalesce(acc."suspendedUntil" <= ${now}, true)
    LEFT JOIN LATERAL (
      SELECT max(n."toldAt") AS "toldAt" FROM "Notice" n
      WHERE n."memberId" = m.id AND n.event = ${event} AND n.event IN ('questions-wait', 'reports-wait')
    ) told ON true
    WHERE (told."toldAt" IS NULL OR told."toldAt" <= ${new Date(now.getTime() - DAILY)})
      AND NOT EXISTS (SELECT FROM "NoticeChoice" c WHERE c."memberId" = m.id AND c.kind = ${kind} AND c.level = 'off')`
}

/**
 * Everybody whom an event is told, each with the strongest reason: "memberId", why, kind, and the level of their choice.
 * With how much it says: count, "outOf". Beside it what the event is about: "questionId" or "answerId" or "amaId" or "communityId" or "wantedId", and "byId". Nobody, once what it is about is
 * gone or hidden. Not who did it (`byId`), nor who is suspended, has muted it, or wants to hear nothing of the kind.
 */
export function audience(event: NoticeEvent, byId: string | null, now: Date): Prisma.Sql {
  return Prisma.sql`
    WITH about AS MATERIALIZED (${aboutOf(event)}),
    reached AS (
      SELECT DISTINCT ON (r."memberId") r."memberId", r.why FROM (${reached(event)}) r
      ORDER BY r."memberId", array_position(${WHYS}::text[], r.why)
    )
    SELECT r."memberId", r.why, k.kind, c.level, about."questionId", about."answerId", about."amaId", about."communityId", about."wantedId", about."byId", number.*
    FROM about CROSS JOIN reached r CROSS JOIN LATERAL (${numberOf(event)}) number
    JOIN "Account" acc ON acc."memberId" = r."memberId" AND coalesce(acc."suspendedUntil" <= ${now}, true)
    CROSS JOIN LATERAL (SELECT CASE WHEN ${event.event} IN ('answered', 'placed') THEN 'answers' ELSE ${JSON.stringify(KIND_OF_WHY)}::json ->> r.why END AS kind) k
    LEFT JOIN "NoticeChoice" c ON c."memberId" = r."memberId" AND c.kind = k.kind
    WHERE c.level IS DISTINCT FROM 'off' AND r."memberId" IS DISTINCT FROM about."byId"
      AND r."memberId" IS DISTINCT FROM ${byId}::uuid`
}

/** To how many questions of an AMA a member has an answer, prepared, given or placed (count), of how many ("outOf"); null for none. */
export function preparedIn(amaId: Prisma.Sql, memberId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT nullif(count(*) FILTER (WHERE d."preparedAt" IS NOT NULL
        OR EXISTS (SELECT FROM "Answer" a WHERE a."questionId" = q.id AND a."mentorId" = ${memberId})
        OR EXISTS (SELECT FROM "AnswerPlacement" p WHERE p."questionId" = q.id AND p."mentorId" = ${memberId})), 0)::int AS count,
      nullif(count(*), 0)::int AS "outOf"
    FROM "Question" q LEFT JOIN "AnswerDraft" d ON d."questionId" = q.id AND d."memberId" = ${memberId}
    WHERE q."amaId" = ${amaId} AND q."hiddenAt" IS NULL`
}

const WHYS = Object.keys(KIND_OF_WHY)

/** A notice `n` and what a moderator may have hidden since. */
const noticeAndWhatOf = Prisma.sql`
  "Notice" n LEFT JOIN "Answer" a ON a.id = n."answerId" LEFT JOIN "Question" q ON q.id = coalesce(n."questionId", a."questionId")
  LEFT JOIN "Wanted" w ON w.id = n."wantedId"`

const noticeView = Prisma.sql`
  SELECT n.id, n.event, n.why, n.reason, n.words, n.until, n.count, n."outOf", n."answerId", n."toldAt", n."readAt", doer.name AS by,
    CASE WHEN q.id IS NOT NULL THEN json_build_object('title', q.title, 'slug', q.slug) END AS question,
    CASE WHEN co.id IS NOT NULL THEN json_build_object('name', co.name, 'slug', co.slug) END AS community,
    CASE WHEN w.id IS NOT NULL THEN json_build_object('title', w.title, 'slug', w.slug) END AS wanted,
    CASE WHEN ama.id IS NOT NULL THEN json_build_object('slug', ama.slug, 'topic', t.name, 'shown', ama."publishedAt" IS NOT NULL, 'startsAt', ama."startsAt", 'timeZone', ama."timeZone",
      'mentors', (SELECT string_agg(m.name, ', ' ORDER BY am.position) FROM "AmaMentor" am JOIN "Member" m ON m.id = am."memberId" WHERE am."amaId" = ama.id)) END AS ama
  FROM ${noticeAndWhatOf} LEFT JOIN "Community" co ON co.id = coalesce(n."communityId", q."communityId", w."communityId")
  LEFT JOIN "Ama" ama ON ama.id = n."amaId" LEFT JOIN "Topic" t ON t.id = ama."topicId" LEFT JOIN "Member" doer ON doer.id = n."byId"`

/** Whoever wrote it is told that it was hidden. What waits for a check its asker and the hosts see. */
const stillShown = Prisma.sql`(n.event IN ('hide', 'restore', 'suspend')
  OR ((q."hiddenAt" IS NULL OR (q."heldAt" IS NOT NULL AND n.why IN ('asker', 'host'))) AND a."hiddenAt" IS NULL AND w."hiddenAt" IS NULL))`

/** How much an event says to the member \`r\`: count and "outOf". Nobody is told zero. */
function numberOf(event: NoticeEvent): Prisma.Sql {
  if ('count' in event) return Prisma.sql`SELECT ${event.count}::int AS count, NULL::int AS "outOf"`
  if (event.event !== 'ama-tomorrow') return Prisma.sql`SELECT NULL::int AS count, NULL::int AS "outOf"`
  return preparedIn(Prisma.sql`about."amaId"`, Prisma.sql`r."memberId"`)
}

/** What is looked up of an event, in one row; `asked`: the question in it, `since`: whose requests are newer waited for this. */
function aboutOf(event: NoticeEvent): Prisma.Sql {
  if (event.event === 'answered')
    return Prisma.sql`
      SELECT NULL::uuid AS "questionId", a.id AS "answerId", NULL::uuid AS "amaId", NULL::uuid AS "communityId", NULL::uuid AS "wantedId", a."mentorId" AS "byId", a."questionId" AS asked,
        (SELECT max(b.at) FROM answers_at(a."questionId") b WHERE (b.at, b.id) < (a."answeredAt", a.id)) AS since
      FROM "Answer" a WHERE a.id = ${event.answerId}::uuid AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL`
  if (event.event === 'placed')
    return Prisma.sql`
      SELECT q.id AS "questionId", a.id AS "answerId", NULL::uuid AS "amaId", NULL::uuid AS "communityId", NULL::uuid AS "wantedId", a."mentorId" AS "byId", q.id AS asked,
        (SELECT max(b.at) FROM answers_at(q.id) b WHERE (b.at, b.id) < (p."placedAt", a.id)) AS since
      FROM "AnswerPlacement" p JOIN "Answer" a ON a.id = p."answerId" JOIN "Question" q ON q.id = p."questionId"
      WHERE p."answerId" = ${event.answerId}::uuid AND p."questionId" = ${event.questionId}::uuid AND p."placedAt" = ${new Date(event.placedAt)}
        AND a."hiddenAt" IS NULL AND a."questionHiddenAt" IS NULL AND q."hiddenAt" IS NULL`
  if ('count' in event)
    return Prisma.sql`
      SELECT NULL::uuid AS "questionId", NULL::uuid AS "answerId", NULL::uuid AS "amaId", NULL::uuid AS "communityId", NULL::uuid AS "wantedId", NULL::uuid AS "byId", NULL::uuid AS asked, NULL::timestamptz AS since`
  if ('amaId' in event)
    return Prisma.sql`
      SELECT NULL::uuid AS "questionId", NULL::uuid AS "answerId", ama.id AS "amaId", NULL::uuid AS "communityId", NULL::uuid AS "wantedId", ${doerOf(event)}::uuid AS "byId", NULL::uuid AS asked, NULL::timestamptz AS since
      FROM "Ama" ama WHERE ama.id = ${event.amaId}::uuid AND (ama."cancelledAt" IS NOT NULL) = ${event.event === 'ama-cancelled'}
        ${'startsAt' in event ? Prisma.sql`AND ama."startsAt" = ${new Date(event.startsAt)}` : Prisma.empty}
        ${event.event === 'ama-to-close' ? Prisma.sql`AND ama."closedAt" IS NULL` : Prisma.empty}`
  if ('wantedId' in event)
    return Prisma.sql`
      SELECT NULL::uuid AS "questionId", NULL::uuid AS "answerId", NULL::uuid AS "amaId", NULL::uuid AS "communityId", w.id AS "wantedId", ${doerOf(event)}::uuid AS "byId", NULL::uuid AS asked, NULL::timestamptz AS since
      FROM "Wanted" w WHERE w.id = ${event.wantedId}::uuid AND w."hiddenAt" IS NULL
        ${event.event === 'wanted-declined' ? Prisma.empty : Prisma.sql`AND (w."closedAt" IS NOT NULL) = ${event.event === 'wanted-ended'}`}
        ${event.event === 'wanted-invitation' ? Prisma.sql`AND w."mentorId" = ${event.memberId}::uuid` : Prisma.empty}
        ${event.event === 'wanted-lapsed' ? Prisma.sql`AND w."mentorId" = ${event.mentorId}::uuid AND w."offeredAt" IS NULL` : Prisma.empty}`
  if ('applicationId' in event)
    return Prisma.sql`
      SELECT NULL::uuid AS "questionId", NULL::uuid AS "answerId", NULL::uuid AS "amaId", ap."communityId", NULL::uuid AS "wantedId", NULL::uuid AS "byId", NULL::uuid AS asked, NULL::timestamptz AS since
      FROM "Application" ap WHERE ap.id = ${event.applicationId}::uuid AND (ap."decidedAt" IS NULL) = ${event.event === 'role-to-check'}`
  return Prisma.sql`
    SELECT q.id AS "questionId", NULL::uuid AS "answerId", NULL::uuid AS "amaId", NULL::uuid AS "communityId", NULL::uuid AS "wantedId", ${doerOf(event)}::uuid AS "byId", q.id AS asked, q."lastAnsweredAt" AS since
    FROM "Question" q WHERE q.id = ${event.questionId}::uuid AND ${stateFor(event.event)}`
}

/** A mentor whose doing it is, which everybody may know. */
function doerOf(event: NoticeEvent): string | null {
  switch (event.event) {
    case 'asked-back':
    case 'declined':
    case 'wanted-slots':
      return event.mentorId
    case 'handed-over':
      return event.fromId
    case 'ama-accepted':
    case 'ama-declined':
      return event.memberId
    default:
      return null
  }
}

/** How a question has to stand for the event to be still true. */
function stateFor(event: NoticeEvent['event']): Prisma.Sql {
  if (event === 'to-check') return Prisma.sql`q."heldAt" IS NOT NULL AND q."returnedAt" IS NULL`
  if (event === 'addition-to-check')
    return Prisma.sql`EXISTS (SELECT FROM "Clarification" cl WHERE cl."questionId" = q.id AND cl."heldAt" IS NOT NULL AND cl."returnedAt" IS NULL)`
  // Of one that waits for a check its asker alone is told: nobody else could request it.
  if (event === 'question-edited') return Prisma.sql`(q."hiddenAt" IS NULL OR q."heldAt" IS NOT NULL)`
  return event === 'returned' ? Prisma.sql`q."returnedAt" IS NOT NULL` : Prisma.sql`q."hiddenAt" IS NULL`
}

/** "memberId" and why, once for each reason that there is. */
function reached(event: NoticeEvent): Prisma.Sql {
  switch (event.event) {
    case 'answered':
    case 'placed':
      return peopleOfQuestion(['asker', 'requester', 'follower'])
    case 'answer-taken-back':
      return peopleOfQuestion(['asker', 'requester'])
    case 'question-edited':
      return Prisma.sql`${askerOfQuestion} UNION ALL ${peopleOfQuestion(['requester'])}`
    case 'asked-back':
    case 'declined':
    case 'passed-on':
    case 'let-through':
    case 'returned':
    case 'addition-let-through':
    case 'addition-returned':
      return askerOfQuestion
    case 'replied':
      return Prisma.sql`SELECT s."memberId", 'mentor' AS why FROM about JOIN "SetAside" s ON s."questionId" = about.asked AND s.act = 'ask-back'
        JOIN "Member" m ON m.id = s."memberId" AND m."mentorSince" IS NOT NULL WHERE ${event.mentorIds ? Prisma.sql`s."memberId" = ANY (${event.mentorIds}::uuid[])` : Prisma.sql`true`}
        AND NOT EXISTS (SELECT FROM "Answer" a WHERE a."questionId" = about.asked AND a."mentorId" = s."memberId")
        AND NOT EXISTS (SELECT FROM "AnswerPlacement" p WHERE p."questionId" = about.asked AND p."mentorId" = s."memberId")`
    case 'handed-over':
      return oneMentor(event.toId)
    case 'ama-invitation':
      return oneMentor(event.memberId)
    case 'ama-left-out':
      return Prisma.sql`SELECT * FROM (${oneMentor(event.memberId)}) mentor
        WHERE NOT EXISTS (SELECT FROM (${mentorsOfAma}) named WHERE named."memberId" = mentor."memberId")`
    case 'role-checked':
    case 'role-refused':
      return Prisma.sql`SELECT "memberId", 'applicant' AS why FROM "Application" WHERE id = ${event.applicationId}::uuid`
    case 'role-to-check':
      return keepersBeside(event.applicationId)
    case 'to-check':
    case 'addition-to-check':
    case 'no-mentor':
      return Prisma.sql`SELECT cr."memberId", 'host' AS why FROM about JOIN "Question" q ON q.id = about.asked
        JOIN "CommunityRole" cr ON cr."communityId" = q."communityId" AND cr.role = 'host'`
    case 'ama-accepted':
    case 'ama-declined':
      return hostsOfAma
    case 'ama-scheduled':
      return Prisma.sql`${mentorsOfAma} UNION ALL ${followersOfAma} UNION ALL ${wantedAma}`
    case 'ama-closed':
      return Prisma.sql`${askersInAma} AND q."answerCount" = 0`
    case 'ama-soon':
      return Prisma.sql`${holdersOfAma} UNION ALL ${remindedOfAma}`
    case 'ama-tomorrow':
      return holdersOfAma
    case 'ama-to-close':
      return hostsOfAma
    case 'wanted-ready':
      return hostsOfWanted
    case 'wanted-invitation':
      return Prisma.sql`SELECT ${event.memberId}::uuid AS "memberId", 'invited' AS why`
    case 'wanted-slots':
      // A host who joined has times to choose as well.
      return Prisma.sql`
        SELECT host.* FROM (${hostsOfWanted}) host WHERE NOT EXISTS (
          SELECT FROM about JOIN "WantedJoin" j ON j."wantedId" = about."wantedId" AND j."memberId" = host."memberId")
        UNION ALL SELECT j."memberId", 'joined' FROM about JOIN "WantedJoin" j ON j."wantedId" = about."wantedId"`
    case 'wanted-lapsed':
      return Prisma.sql`${hostsOfWanted} UNION ALL SELECT ${event.mentorId}::uuid, 'invited'`
    case 'wanted-declined':
      return Prisma.sql`${hostsOfWanted} UNION ALL
        SELECT j."memberId", 'joined' FROM about JOIN "Wanted" w ON w.id = about."wantedId" AND w."closedAt" IS NOT NULL JOIN "WantedJoin" j ON j."wantedId" = w.id`
    case 'wanted-ended':
      return Prisma.sql`${hostsOfWanted} UNION ALL SELECT j."memberId", 'joined' FROM about JOIN "WantedJoin" j ON j."wantedId" = about."wantedId"
        UNION ALL SELECT coalesce(w."mentorId", i."usedById"), 'invited' FROM about JOIN "Wanted" w ON w.id = about."wantedId"
          LEFT JOIN "Invitation" i ON i.id = w."invitationId" WHERE coalesce(w."mentorId", i."usedById") IS NOT NULL`
    case 'questions-wait':
      return Prisma.sql`SELECT id AS "memberId", 'waited-for' AS why FROM "Member" WHERE id = ${event.memberId}::uuid AND "mentorSince" IS NOT NULL`
    case 'reports-wait':
      return Prisma.sql`SELECT ${event.memberId}::uuid AS "memberId", 'moderator' AS why`
    case 'ama-moved':
    case 'ama-cancelled':
      return Prisma.sql`${mentorsOfAma} UNION ALL ${hostsOfAma} UNION ALL ${askersInAma} UNION ALL ${remindedOfAma} UNION ALL ${followersOfAma}`
  }
}

/** What becomes of the question itself its asker hears whether or not they follow it: somebody may wait for the asker. */
const askerOfQuestion = Prisma.sql`
  SELECT q."askedById" AS "memberId", 'asker' AS why FROM about JOIN "Question" q ON q.id = about.asked WHERE q."askedById" IS NOT NULL`

/** Who requested it and does not wait any more follows it without a row. A row may mute it, or end that; who waits waits on. */
function peopleOfQuestion(whys: Why[]): Prisma.Sql {
  return Prisma.sql`
    SELECT p."memberId", p.why FROM about CROSS JOIN LATERAL (
      SELECT q."askedById" AS "memberId", 'asker' AS why FROM "Question" q WHERE q.id = about.asked AND q."askedById" IS NOT NULL
      UNION ALL
      SELECT r."memberId", CASE WHEN about.since IS NULL OR coalesce(r."againAt", r."requestedAt") > about.since THEN 'requester' ELSE 'follower' END
      FROM "AnswerRequest" r WHERE r."questionId" = about.asked
      UNION ALL
      SELECT f."memberId", 'follower' FROM "Follow" f WHERE f."questionId" = about.asked
    ) p LEFT JOIN "Follow" f ON f."memberId" = p."memberId" AND f."questionId" = about.asked
    WHERE p.why = ANY (${whys}::text[]) AND f."mutedAt" IS NULL AND (f."endedAt" IS NULL OR p.why = 'requester')`
}

function oneMentor(memberId: string): Prisma.Sql {
  return Prisma.sql`SELECT id AS "memberId", 'mentor' AS why FROM "Member" WHERE id = ${memberId}::uuid AND "mentorSince" IS NOT NULL`
}

/** Hosts and moderators beside who applied; where there are none, admins. */
function keepersBeside(applicationId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT cr."memberId", 'host' AS why FROM about JOIN "Application" ap ON ap.id = ${applicationId}::uuid
    JOIN "CommunityRole" cr ON cr."communityId" = ap."communityId" AND cr."memberId" <> ap."memberId"
    UNION ALL
    SELECT a."memberId", 'host' FROM about JOIN "Application" ap ON ap.id = ${applicationId}::uuid JOIN "Account" a ON a."adminSince" IS NOT NULL
    WHERE NOT EXISTS (SELECT FROM "CommunityRole" cr WHERE cr."communityId" = ap."communityId" AND cr."memberId" <> ap."memberId")`
}

/** Hosts of the community; where there are none, admins. */
const hostsOfWanted = Prisma.sql`
  SELECT cr."memberId", 'host' AS why FROM about JOIN "Wanted" w ON w.id = about."wantedId"
  JOIN "CommunityRole" cr ON cr."communityId" = w."communityId" AND cr.role = 'host'
  UNION ALL
  SELECT a."memberId", 'host' FROM about JOIN "Wanted" w ON w.id = about."wantedId" JOIN "Account" a ON a."adminSince" IS NOT NULL
  WHERE NOT EXISTS (SELECT FROM "CommunityRole" cr WHERE cr."communityId" = w."communityId" AND cr.role = 'host')`

const holdersOfAma = Prisma.sql`SELECT am."memberId", 'mentor' AS why FROM about JOIN "AmaMentor" am ON am."amaId" = about."amaId"`

// Whoever has not answered the invitation yet knows of it as well.
const mentorsOfAma = Prisma.sql`
  ${holdersOfAma}
  UNION ALL
  SELECT i."memberId", 'mentor' FROM about JOIN "AmaInvitation" i ON i."amaId" = about."amaId" WHERE i."declinedAt" IS NULL`

const hostsOfAma = Prisma.sql`
  SELECT cr."memberId", 'host' AS why FROM about JOIN "Ama" ama ON ama.id = about."amaId"
  JOIN "CommunityRole" cr ON cr."communityId" = ama."communityId" AND cr.role = 'host'
  UNION ALL
  SELECT h."memberId", 'host' FROM about JOIN "AmaHost" h ON h."amaId" = about."amaId"`

const remindedOfAma = Prisma.sql`SELECT r."memberId", 'reminded' AS why FROM about JOIN "AmaReminder" r ON r."amaId" = about."amaId"`

/** Who joined what it came of, and the hosts who invited. */
const wantedAma = Prisma.sql`
  SELECT j."memberId", 'joined' AS why FROM about JOIN "Wanted" w ON w."amaId" = about."amaId" JOIN "WantedJoin" j ON j."wantedId" = w.id
  UNION ALL
  SELECT cr."memberId", 'host' FROM about JOIN "Wanted" w ON w."amaId" = about."amaId"
  JOIN "CommunityRole" cr ON cr."communityId" = w."communityId" AND cr.role = 'host'`

const askersInAma = Prisma.sql`
  SELECT r."memberId", CASE WHEN r."memberId" = q."askedById" THEN 'asker' ELSE 'requester' END AS why
  FROM about JOIN "Question" q ON q."amaId" = about."amaId" AND q."hiddenAt" IS NULL JOIN "AnswerRequest" r ON r."questionId" = q.id
  LEFT JOIN "Follow" f ON f."memberId" = r."memberId" AND f."questionId" = q.id WHERE f."mutedAt" IS NULL`

// Of a draft its people alone know.
const followersOfAma = Prisma.sql`
  SELECT f."memberId", 'follows-mentor' AS why FROM about JOIN "Ama" ama ON ama.id = about."amaId" AND ama."publishedAt" IS NOT NULL JOIN "AmaMentor" am ON am."amaId" = about."amaId"
    JOIN "Follow" f ON f."mentorId" = am."memberId" AND f."mutedAt" IS NULL
  UNION ALL
  SELECT f."memberId", 'follows-topic' FROM about JOIN "Ama" ama ON ama.id = about."amaId" AND ama."publishedAt" IS NOT NULL JOIN "Follow" f ON f."topicId" = ama."topicId" AND f."mutedAt" IS NULL`
