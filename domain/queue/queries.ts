import { z } from 'zod'
import { type AmaLink, amaMentors, shownAma } from '#domain/ama/queries.ts'
import { shownAnswer } from '#domain/answer/queries.ts'
import { othersAt } from '#domain/answer-lease/queries.ts'
import { mayHearDaily } from '#domain/notice/queries.ts'
import {
  askerName,
  type ClarificationView,
  findQuestions,
  type QuestionRow,
  shownClarifications,
  shownQuestion,
} from '#domain/question/queries.ts'
import { silentSince } from '#domain/question/rules.ts'
import {
  type Act,
  type Crowd,
  coverOrder,
  minutesByLength,
  offer,
  type PlainOrder,
  paceOf,
  SOURCES,
  type Source,
  seesToAmas,
  type Wanted,
} from '#domain/queue/rules.ts'
import { DatedKeys, decodeCursor, Instant, NegativeCount, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

type Person = Pick<NonNullable<Viewer>, 'memberId' | 'mentor' | 'hosts' | 'coHosts'>
/** A person, or each of many in a larger statement, of which this is the column that has the id. */
type Whose = Omit<Person, 'memberId'> & { memberId: string | Prisma.Sql }

/** A question as a queue shows it. */
export type QueueRow = QuestionRow & {
  source: Source
  /** People who wait for an answer to it, without the reader. */
  waitingCount: number
  /** Of these, who wait for none above it; only in the order that helps most people. */
  helps?: number
  community: string
  ama: AmaLink | null
  /** Who handed it over to the reader. */
  handedBy: string | null
  /** The reader has begun to write an answer. */
  begun: boolean
  /** Names of those who are answering it at this moment. */
  others: string[]
  /** The reader asked back, and the asker has changed it or added to it since. */
  replied: boolean
}

/** How many questions there are of each source, and how many are set aside by each act. No more than a thousand of each are counted. */
export type QueueCounts = { sources: Record<Source, number>; all: number; aside: Record<Act, number> }

export const COUNTED_AT_MOST = 1_000

export async function countQueue(person: Person, now: Date): Promise<QueueCounts> {
  const { memberId } = person
  const number = (source: Source) =>
    Prisma.sql`(SELECT count(*)::int FROM (${candidates(person, source, now, 'oldest', Prisma.empty, COUNTED_AT_MOST)} LIMIT ${COUNTED_AT_MOST}) counted) AS ${naming[source]}`
  const [[sources], acts] = await Promise.all([
    db().$queryRaw<Record<Source, number>[]>`SELECT ${number('me')}, ${number('ama')}, ${number('open')}`,
    db().$queryRaw<{ act: Act; number: number }[]>`
      SELECT s.act, count(*)::int AS number FROM "SetAside" s JOIN "Question" q ON q.id = s."questionId"
      WHERE s."memberId" = ${memberId}::uuid AND ${holds(now)} AND ${open} AND ${notDone(memberId)} GROUP BY 1`,
  ])
  const { me = 0, ama = 0, open: others = 0 } = sources ?? {}
  const aside = {
    skip: 0,
    defer: 0,
    decline: 0,
    'hand-over': 0,
    'ask-back': 0,
    ...Object.fromEntries(acts.map((row) => [row.act, row.number])),
  }
  return { sources: { me, ama, open: others }, all: me + ama + others, aside }
}

const Wanting = z.tuple([NegativeCount, Instant, z.uuid()])

/** A person's queue in a plain order, of all sources or one. Null where `after` is not a cursor of this list. */
export async function listQueue(
  person: Person,
  order: PlainOrder,
  now: Date,
  source?: Source,
  after?: string | string[],
): Promise<Page<QueueRow> | null> {
  const further = order === 'wanted' ? afterWanting(after) : afterDate(order, after)
  if (further === null) return null
  const found = await db().$queryRaw<Candidate[]>`
    ${ofSources(person, source, now, order, further, PAGE_SIZE + 1)} ORDER BY ${orders[order]} LIMIT ${PAGE_SIZE + 1}`
  const { rows, next } = pageOf(found, PAGE_SIZE, (last) =>
    order === 'wanted' ? [-last.waitingCount, last.askedAt.getTime(), last.id] : [last.askedAt.getTime(), last.id],
  )
  return { rows: await withWords(person.memberId, now, rows), next }
}

/** Rows of the list that helps most people; it goes on in the order of demand. */
export const COVER_SIZE = 30

/** The questions whose answers help most people soonest (domain/queue/rules.ts), of all sources or one. */
export async function listCover(person: Person, now: Date, source?: Source): Promise<QueueRow[]> {
  const { questions, crowds } = await loadDemand(person, now, source)
  return chosenRows(person, now, questions, coverOrder(questions, crowds).slice(0, COVER_SIZE))
}

/** What fits into so many minutes, and how long each was taken to be. */
export type Offer = { rows: QueueRow[]; people: number; minutes: number; pace: number | null }

/** The questions of the queue that can be answered in so many minutes and help most people. */
export async function listOffer(person: Person, minutes: number, now: Date): Promise<Offer> {
  const [demand, answers] = await Promise.all([
    loadDemand(person, now),
    db().answer.findMany({ where: { mentorId: person.memberId }, orderBy: { answeredAt: 'desc' }, take: 50, select: { answeredAt: true } }),
  ])
  const pace = paceOf(answers.map(({ answeredAt }) => answeredAt))
  const questions = demand.questions.map((question) => ({ ...question, minutes: pace ?? question.minutes }))
  const chosen = offer(minutes, questions, demand.crowds)
  const took = new Map(questions.map((question) => [question.id, question.minutes]))
  return {
    rows: await chosenRows(person, now, questions, chosen),
    people: chosen.reduce((sum, { helps }) => sum + helps, 0),
    minutes: chosen.reduce((sum, { id }) => sum + (took.get(id) ?? 0), 0),
    pace,
  }
}

/** A question that the person has set aside. */
export type AsideRow = {
  id: string
  slug: string
  title: string
  setAsideAt: Date
  until: Date | null
  /** Of the person, in which that day begins. */
  zone: string
  words: string | null
  to: string | null
}

/** What the person has set aside by one act, the latest first. Null where `after` is not a cursor of this list. */
export async function listSetAside({ memberId }: Person, act: Act, now: Date, after?: string | string[]): Promise<Page<AsideRow> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const rows = await db().$queryRaw<AsideRow[]>`
    SELECT q.id, q.slug, q.title, s."setAsideAt", s."until", coalesce(m."timeZone", 'UTC') AS zone, s.words, (SELECT name FROM "Member" WHERE id = s."toId") AS "to"
    FROM "SetAside" s JOIN "Question" q ON q.id = s."questionId" JOIN "Member" m ON m.id = s."memberId"
    WHERE s."memberId" = ${memberId}::uuid AND s.act = ${act} AND ${holds(now)} AND ${open} AND ${notDone(memberId)}
      ${keys ? Prisma.sql`AND (s."setAsideAt", s."questionId") < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty}
    ORDER BY s."setAsideAt" DESC, s."questionId" DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.setAsideAt.getTime(), last.id])
}

/** What the person has just done with a question, to be said of it and undone. */
export function findSetAside({ memberId }: Person, slug: string) {
  return db().setAside.findFirst({
    where: { memberId, question: { slug } },
    select: {
      act: true,
      until: true,
      member: { select: { timeZone: true } },
      to: { select: { name: true } },
      question: { select: { id: true, title: true } },
    },
  })
}

/** A question of the person's queue, whole. `act`: they have set it aside. */
export type Queued = QueueRow & {
  detailsHtml: string | null
  clarifications: ClarificationView[] | null
  askedBy: string | null
  communityId: string
  act: Act | null
  /** By now it is another mentor's alone, to whom the person handed it over, or no mentor is asked there any more. */
  elsewhere: boolean
}

/** Null where it is not in the person's queue and was not. */
export async function getQueued(person: Person, slug: string, now: Date): Promise<Queued | null> {
  const { memberId } = person
  const [found] = await db().$queryRaw<(Omit<Queued, keyof QueueRow | 'elsewhere'> & { id: string; source: Source | null })[]>`
    SELECT q.id, q."detailsHtml", q."communityId", ${sourceOf(person, now)} AS source,
      ${askerName} AS "askedBy",
      ${shownClarifications} AS clarifications,
      (SELECT s.act FROM "SetAside" s WHERE s."memberId" = ${memberId}::uuid AND s."questionId" = q.id AND ${holds(now)}) AS act
    FROM "Question" q WHERE q.slug = ${slug} AND ${open} AND ${notDone(memberId)}`
  if (!found) return null
  const { source, ...rest } = found
  const reason = source ?? (rest.act ? 'open' : null)
  if (!reason) return null
  const [row] = await withWords(memberId, now, [{ id: rest.id, source: reason }])
  return row ? { ...row, ...rest, elsewhere: source === null } : null
}

/**
 * Who else may answer a question, and so can get it: until its AMA is over those who hold it, else the community's mentors, the
 * two hundred with most answers; of one that was put to the person alone, who takes questions directly now. Whether one of them asked it is not looked at: who is missing would have.
 */
export function listColleagues({ memberId }: Pick<Person, 'memberId'>, questionId: string, now: Date): Promise<Colleague[]> {
  return db().$queryRaw`
    SELECT m.id, m.name, c.name AS company, m.title FROM "Question" q
    LEFT JOIN "Ama" ama ON ama.id = q."amaId" AND ama."cancelledAt" IS NULL AND ama."endsAt" > ${now}
    CROSS JOIN LATERAL (
      SELECT "memberId" FROM "CommunityMentor" cm WHERE cm."communityId" = q."communityId" AND cm."memberId" <> ${memberId}::uuid
        AND (ama.id IS NULL OR EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = ama.id AND am."memberId" = cm."memberId"))
      ORDER BY -cm."answerCount", cm."memberId" LIMIT 200
    ) first JOIN "Member" m ON m.id = first."memberId" AND m."mentorSince" IS NOT NULL AND (q."askedToId" IS NULL OR ${takesDirectly(now)}) LEFT JOIN "Company" c ON c.id = m."companyId"
    WHERE q.id = ${questionId}::uuid ORDER BY m.name, m.id`
}

/** Of the member `m`, as domain/member/rules.ts says it: no pause, and not as many waiting as they take. */
function takesDirectly(now: Date): Prisma.Sql {
  return Prisma.sql`(m."pausedUntil" IS NULL OR m."pausedUntil" <= ${now.toISOString().slice(0, 10)}::date) AND (m."directLimit" IS NULL OR m."directLimit" > (
    SELECT count(*) FROM "Question" theirs WHERE theirs."askedToId" = m.id AND theirs."answerCount" = 0 AND theirs."hiddenAt" IS NULL))`
}

export type Colleague = { id: string; name: string; company: string | null; title: string | null }

/** An AMA that the person hosts, by its community or by itself: on, ahead, or over for less than a month. */
export type AmaOnDesk = AmaLink & {
  id: string
  startsAt: Date
  endsAt: Date
  questionCount: number
  answeredCount: number
  waiting: number
}

/** The next first, then the latest. No more than twenty. */
export function listHostedAmas(person: Person, now: Date): Promise<AmaOnDesk[]> {
  return db().$queryRaw`
    SELECT a.id, a.slug, a."startsAt", a."endsAt", a."questionCount", a."answeredCount", ${amaMentors} AS mentors,
      json_build_object('slug', t.slug, 'name', t.name) AS topic,
      (SELECT coalesce(sum(q."waitingCount"), 0)::int FROM "Question" q WHERE q."amaId" = a.id AND ${open}) AS waiting
    FROM (${hosted(person, now)}) mine JOIN "Ama" a ON a.id = mine.ama JOIN "Topic" t ON t.id = a."topicId"
    ORDER BY a."endsAt" <= ${now}, abs(extract(epoch FROM a."startsAt" - ${now})), a.id LIMIT 20`
}

/** How many people wait for what is in a person's queue, of the thousand most wanted questions of each source. */
export async function countWaitingPeople(person: Person, now: Date): Promise<number> {
  const [row] = await db().$queryRaw<{ people: number }[]>`
    WITH queue AS MATERIALIZED (
      SELECT q.id, q."lastAnsweredAt", CASE WHEN q."lastAnsweredAt" IS NULL THEN q."requestBase" ELSE 0 END AS uncounted
      FROM (${ofSources(person, undefined, now, 'wanted', Prisma.empty, COUNTED_AT_MOST)}) candidate JOIN "Question" q ON q.id = candidate.id
    )
    SELECT ((SELECT coalesce(sum(uncounted), 0) FROM queue) + (
      SELECT count(DISTINCT wants."memberId") FROM queue, LATERAL (
        SELECT r."memberId" FROM "AnswerRequest" r WHERE r."questionId" = queue.id
          AND request_waits(r."requestedAt", r."againAt", queue."lastAnsweredAt") AND r."memberId" <> ${person.memberId}::uuid OFFSET 0
      ) wants))::int AS people`
  return row?.people ?? 0
}

/** Mentors looked at by one statement, and questions of each source that count for one of them, the most wanted first. */
const MENTORS_AT_ONCE = 20
const WAITED_FOR = 200

/** A mentor for whom people wait, so many. `news`: some of them did not when the mentor was last told. */
export type WaitedFor = { id: string; day: string; people: number; news: boolean }

/**
 * The next mentors, by id, whose morning it is and who may be told how many people wait for them: whoever is paused is not, and of
 * questions that were put to them no more count than they take directly. `zones` is a table of \`morningZones\`.
 */
export async function listWaitedFor(zones: Prisma.Sql, after: string, now: Date): Promise<{ rows: WaitedFor[]; last: string | null }> {
  const person: Whose = { memberId: Prisma.sql`person.id`, mentor: true, hosts: [], coHosts: [] }
  const limits = { me: Prisma.sql`least(${WAITED_FOR}, person."directLimit")`, ama: WAITED_FOR, open: WAITED_FOR }
  const queues = SOURCES.map(
    (one) => Prisma.sql`(${candidates(person, one, now, 'wanted', Prisma.empty, WAITED_FOR)} LIMIT ${limits[one]})`,
  )
  const rows = await db().$queryRaw<WaitedFor[]>`
    WITH person AS MATERIALIZED (
      SELECT m.id, m."directLimit", here.day, told."toldAt" FROM "Member" m
      JOIN ${zones} here(zone, day) ON here.zone = coalesce(m."timeZone", 'UTC')
      ${mayHearDaily('questions-wait', 'waiting', now)}
        AND m."mentorSince" IS NOT NULL AND coalesce(m."pausedUntil" <= ${now}, true) AND m.id > ${after}::uuid
      ORDER BY m.id LIMIT ${MENTORS_AT_ONCE}
    )
    SELECT person.id, person.day, (waiting.people + waiting.uncounted)::int AS people,
      coalesce(waiting.news OR person."toldAt" IS NULL, false) AS news
    FROM person CROSS JOIN LATERAL (
      WITH queue AS MATERIALIZED (
        SELECT q.id, q."lastAnsweredAt", CASE WHEN q."lastAnsweredAt" IS NULL THEN q."requestBase" ELSE 0 END AS uncounted,
          greatest(q."askedToAt", q."checkedAt", q."askedAt", CASE WHEN ama."endsAt" <= ${now} THEN ama."endsAt" END,
            (SELECT max(h."setAsideAt") FROM "SetAside" h WHERE h."questionId" = q.id AND ${handed(person.memberId, now)}),
            (SELECT s."until" FROM "SetAside" s WHERE s."memberId" = person.id AND s."questionId" = q.id)) AS since
        FROM (${Prisma.join(queues, ' UNION ALL ')}) candidate JOIN "Question" q ON q.id = candidate.id LEFT JOIN "Ama" ama ON ama.id = q."amaId"
      ), wants AS (
        SELECT r."memberId", greatest(r."requestedAt", r."againAt", queue.since) AS since FROM queue, LATERAL (
          SELECT r."memberId", r."requestedAt", r."againAt" FROM "AnswerRequest" r WHERE r."questionId" = queue.id
            AND request_waits(r."requestedAt", r."againAt", queue."lastAnsweredAt") AND r."memberId" <> person.id OFFSET 0
        ) r
      )
      SELECT count(DISTINCT "memberId") AS people, (SELECT coalesce(sum(uncounted), 0) FROM queue) AS uncounted,
        bool_or(since > person."toldAt") OR (SELECT bool_or(uncounted > 0 AND since > person."toldAt") FROM queue) AS news
      FROM wants
    ) waiting ORDER BY person.id`
  return { rows, last: rows.length === MENTORS_AT_ONCE ? (rows.at(-1)?.id ?? null) : null }
}

/** Why the question `q` is in the person's queue, as SQL; null where it is not there. */
export function sourceOf(person: Person, now: Date): Prisma.Sql {
  const { memberId } = person
  return Prisma.sql`CASE
    WHEN q."askedToId" = ${memberId}::uuid OR ${handedTo(memberId, now)} THEN 'me'
    WHEN EXISTS (SELECT FROM (${amasOf(person, now)}) mine WHERE mine.ama = q."amaId") THEN 'ama'
    WHEN ${openToAll(now)} AND EXISTS (SELECT FROM "CommunityMentor" cm WHERE cm."memberId" = ${memberId}::uuid AND cm."communityId" = q."communityId") THEN 'open'
  END`
}

/**
 * Of the question `q`: it is shown, and not answered yet, or somebody waits for another answer, as its indexes say it; and whoever
 * closed its AMA did not say that it is not answered here, unless somebody has answered it since.
 */
export const open = Prisma.sql`(q."waitingCount" > 0 OR q."answerCount" = 0) AND ${shownQuestion} AND (q."closedAt" IS NULL OR q."answerCount" > 0)`

/** Of the question `q`: the person has not answered it, nor placed an earlier answer there, and has not asked it. */
export function notDone(memberId: Whose['memberId']): Prisma.Sql {
  return Prisma.sql`q."askedById" IS DISTINCT FROM ${memberId}::uuid
    AND NOT EXISTS (SELECT FROM "Answer" a WHERE a."questionId" = q.id AND a."mentorId" = ${memberId}::uuid AND ${shownAnswer})
    AND NOT EXISTS (SELECT FROM "AnswerPlacement" p WHERE p."questionId" = q.id AND p."mentorId" = ${memberId}::uuid)`
}

/** Of the row `s` that sets `q` aside: it still does. */
export function holds(now: Date): Prisma.Sql {
  return Prisma.sql`(s.act <> 'defer' OR s."until" > ${now}) AND (s.act <> 'ask-back' OR q."revisedAt" IS NULL OR q."revisedAt" <= s."setAsideAt")`
}

type Candidate = { id: string; source: Source; waitingCount: number; askedAt: Date }

const naming: Record<Source, Prisma.Sql> = { me: Prisma.sql`me`, ama: Prisma.sql`ama`, open: Prisma.sql`open` }
const orders: Record<PlainOrder, Prisma.Sql> = {
  wanted: Prisma.sql`(-"waitingCount"), "askedAt", id`,
  newest: Prisma.sql`"askedAt" DESC, id DESC`,
  oldest: Prisma.sql`"askedAt", id`,
}

function afterWanting(after: string | string[] | undefined): Prisma.Sql | null {
  const keys = decodeCursor(Wanting, after)
  return keys ? Prisma.sql`AND ((-"waitingCount"), "askedAt", id) > (${keys[0]}, ${new Date(keys[1])}, ${keys[2]}::uuid)` : whole(keys)
}

function afterDate(order: 'newest' | 'oldest', after: string | string[] | undefined): Prisma.Sql | null {
  const keys = decodeCursor(DatedKeys, after)
  if (!keys) return whole(keys)
  const row = Prisma.sql`(${new Date(keys[0])}, ${keys[1]}::uuid)`
  return order === 'oldest' ? Prisma.sql`AND ("askedAt", id) > ${row}` : Prisma.sql`AND ("askedAt", id) < ${row}`
}

/** Without a cursor from the beginning; what is no cursor of ours leads nowhere. */
function whole(keys: undefined | null): Prisma.Sql | null {
  return keys === undefined ? Prisma.empty : null
}

/** Candidates of one source or all, each at most `limit` in this order behind `further`. */
function ofSources(
  person: Whose,
  source: Source | undefined,
  now: Date,
  order: PlainOrder,
  further: Prisma.Sql,
  limit: number,
): Prisma.Sql {
  const each = (source ? [source] : SOURCES).map(
    (one) => Prisma.sql`(${candidates(person, one, now, order, further, limit)} LIMIT ${limit})`,
  )
  return Prisma.sql`SELECT id, source, "waitingCount", "askedAt" FROM (${Prisma.join(each, ' UNION ALL ')}) candidate`
}

/** What of a source waits for the person, each AMA and each community by an index of its own; in order, to be cut by a LIMIT. */
function candidates(person: Whose, source: Source, now: Date, order: PlainOrder, further: Prisma.Sql, limit: number): Prisma.Sql {
  const { memberId } = person
  const waiting = Prisma.sql`SELECT id, "waitingCount", "askedAt" FROM "Question" q WHERE ${open} AND ${notDone(memberId)} ${further}
    AND NOT EXISTS (SELECT FROM "SetAside" s WHERE s."memberId" = ${memberId}::uuid AND s."questionId" = q.id AND ${holds(now)})`
  const inOrder = Prisma.sql`ORDER BY ${orders[order]} LIMIT ${limit}`
  const from = {
    me: Prisma.sql`(${waiting} AND q.id IN (
        SELECT q.id FROM "Question" q WHERE q."askedToId" = ${memberId}::uuid AND ${open}
        UNION SELECT "questionId" FROM "SetAside" h WHERE ${handed(memberId, now)})) found`,
    ama: Prisma.sql`(${amasOf(person, now)}) mine, LATERAL (
        ${waiting} AND q."amaId" = mine.ama AND NOT ${handedTo(memberId, now)} ${inOrder}) found`,
    open: Prisma.sql`"CommunityMentor" cm, LATERAL (
        ${waiting} AND q."communityId" = cm."communityId" AND ${openToAll(now)} AND NOT ${handedTo(memberId, now)}
          AND NOT EXISTS (SELECT FROM (${amasOf(person, now)}) mine WHERE mine.ama = q."amaId") ${inOrder}) found`,
  }
  const mine = source === 'open' ? Prisma.sql`cm."memberId" = ${memberId}::uuid` : Prisma.sql`true`
  return Prisma.sql`SELECT found.id, ${source}::text AS source, found."waitingCount", found."askedAt" FROM ${from[source]} WHERE ${mine} ORDER BY ${orders[order]}`
}

/** AMAs whose questions are the person's: those they hold, and for hosts who are no mentors those that they see to. */
function amasOf(person: Whose, now: Date): Prisma.Sql {
  if (!person.mentor && seesToAmas(person)) return hosted(person, now)
  return Prisma.sql`SELECT am."amaId" AS ama FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId"
    WHERE am."memberId" = ${person.memberId}::uuid AND a."cancelledAt" IS NULL AND a."closedAt" IS NULL AND ${shownAma}`
}

/** Days for which a host still sees to an AMA that is over. */
const HOSTED_DAYS = 30

function hosted({ hosts, coHosts }: Whose, now: Date): Prisma.Sql {
  const since = new Date(now.getTime() - HOSTED_DAYS * 86_400_000)
  return Prisma.sql`SELECT a.id AS ama FROM "Ama" a
    WHERE (a."communityId" = ANY(${hosts}::uuid[]) OR a.id = ANY(${coHosts}::uuid[])) AND a."cancelledAt" IS NULL AND ${shownAma} AND a."startsAt" > ${since}`
}

/** Of the row `h`: it handed a question over to the person, not so long ago that it is everybody's again. */
function handed(memberId: Whose['memberId'], now: Date): Prisma.Sql {
  return Prisma.sql`h."toId" = ${memberId}::uuid AND h."setAsideAt" >= ${silentSince(now)}`
}

/** Of `q`: another mentor handed it over to the person. */
function handedTo(memberId: Whose['memberId'], now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "SetAside" h WHERE h."questionId" = q.id AND ${handed(memberId, now)})`
}

/** Of `q`: nobody in particular was asked, or the AMA in which it was is over. */
function openToAll(now: Date): Prisma.Sql {
  return Prisma.sql`q."askedToId" IS NULL AND (q."amaId" IS NULL
    OR EXISTS (SELECT FROM "Ama" a WHERE a.id = q."amaId" AND (a."endsAt" <= ${now} OR a."cancelledAt" IS NOT NULL)))`
}

/** Of each source as many questions as are weighed against each other, and as many people beyond the first few questions. */
const CANDIDATES = 60
const FIRST = 10
const PEOPLE = 10_000

/**
 * The questions of the queue for which most people wait, with the people as crowds: those who wait for the same ones. No name
 * and no id of a person leaves the database. docs/decisions/038 says what this leaves out.
 */
async function loadDemand(
  person: Person,
  now: Date,
  source?: Source,
): Promise<{ questions: (Wanted & { source: Source })[]; crowds: Crowd[] }> {
  const [row] = await db().$queryRaw<{ questions: LoadedQuestion[] | null; crowds: { people: number; places: number[] }[] | null }[]>`
    WITH candidate AS MATERIALIZED (${ofSources(person, source, now, 'wanted', Prisma.empty, CANDIDATES)}),
    numbered AS (
      SELECT c.*, row_number() OVER best AS place, sum(c."waitingCount") OVER best AS together FROM candidate c
      WINDOW best AS (ORDER BY c."waitingCount" DESC, c."askedAt", c.id)
    ),
    kept AS MATERIALIZED (
      SELECT n.*, q."lastAnsweredAt", CASE WHEN q."lastAnsweredAt" IS NULL THEN q."requestBase" ELSE 0 END AS uncounted,
        length(q.title) + coalesce(length(q.details), 0) AS characters
      FROM numbered n JOIN "Question" q ON q.id = n.id WHERE n.place <= ${FIRST} OR n.together <= ${PEOPLE}
    ),
    waiting AS (
      SELECT wants."memberId", array_agg(k.place ORDER BY k.place) AS places FROM kept k, LATERAL (
        -- By the questions' own index, however few of all requests there are: OFFSET keeps this from becoming a join.
        SELECT r."memberId" FROM "AnswerRequest" r
        WHERE r."questionId" = k.id AND request_waits(r."requestedAt", r."againAt", k."lastAnsweredAt") AND r."memberId" <> ${person.memberId}::uuid OFFSET 0
      ) wants GROUP BY 1
    ),
    crowd AS (SELECT places, count(*)::int AS people FROM waiting GROUP BY 1)
    SELECT
      (SELECT json_agg(json_build_object('id', id, 'source', source, 'askedAt', "askedAt", 'characters', characters, 'uncounted', uncounted)
         ORDER BY place) FROM kept) AS questions,
      (SELECT json_agg(json_build_object('people', people, 'places', places)) FROM crowd) AS crowds`
  const questions = row?.questions ?? []
  return {
    questions: questions.map(({ characters, askedAt, ...rest }) => ({
      ...rest,
      askedAt: new Date(askedAt),
      minutes: minutesByLength(characters),
    })),
    crowds: (row?.crowds ?? []).map(({ people, places }) => ({
      people,
      waitFor: places.flatMap((place) => questions[place - 1]?.id ?? []),
    })),
  }
}

type LoadedQuestion = { id: string; source: Source; askedAt: string; characters: number; uncounted: number }

async function chosenRows(
  person: Person,
  now: Date,
  questions: (Wanted & { source: Source })[],
  chosen: { id: string; helps: number }[],
): Promise<QueueRow[]> {
  const sources = new Map(questions.map(({ id, source }) => [id, source]))
  const helps = new Map(chosen.map((each) => [each.id, each.helps]))
  const rows = await withWords(
    person.memberId,
    now,
    chosen.flatMap(({ id }) => {
      const source = sources.get(id)
      return source ? [{ id, source }] : []
    }),
  )
  return rows.map((row) => ({ ...row, helps: helps.get(row.id) }))
}

/** What a list shows of each, in this order. */
async function withWords(memberId: string, now: Date, found: { id: string; source: Source }[]): Promise<QueueRow[]> {
  const ids = found.map(({ id }) => id)
  const [rows, others] = await Promise.all([
    findQuestions(ids),
    db().$queryRaw<Pick<QueueRow, 'id' | 'waitingCount' | 'community' | 'ama' | 'handedBy' | 'begun' | 'others' | 'replied'>[]>`
      SELECT q.id, c.name AS community,
        q."waitingCount" - (SELECT count(*)::int FROM "AnswerRequest" r WHERE r."questionId" = q.id AND r."memberId" = ${memberId}::uuid
          AND request_waits(r."requestedAt", r."againAt", q."lastAnsweredAt")) AS "waitingCount",
        (SELECT json_build_object('slug', a.slug, 'topic', json_build_object('slug', t.slug, 'name', t.name), 'mentors', ${amaMentors})
         FROM "Ama" a JOIN "Topic" t ON t.id = a."topicId" WHERE a.id = q."amaId") AS ama,
        (SELECT m.name FROM "SetAside" h JOIN "Member" m ON m.id = h."memberId"
         WHERE h."questionId" = q.id AND ${handed(memberId, now)} ORDER BY h."setAsideAt" DESC LIMIT 1) AS "handedBy",
        EXISTS (SELECT FROM "SetAside" s WHERE s."memberId" = ${memberId}::uuid AND s."questionId" = q.id AND s.act = 'ask-back'
          AND q."revisedAt" > s."setAsideAt") AS replied,
        EXISTS (SELECT FROM "AnswerDraft" d WHERE d."memberId" = ${memberId}::uuid AND d."questionId" = q.id) AS begun,
        ${othersAt(memberId, now)} AS others
      FROM "Question" q JOIN "Community" c ON c.id = q."communityId" WHERE q.id = ANY(${ids}::uuid[])`,
  ])
  const byId = new Map(others.map((other) => [other.id, other]))
  const sources = new Map(found.map(({ id, source }) => [id, source]))
  return rows.flatMap((row) => {
    const [other, source] = [byId.get(row.id), sources.get(row.id)]
    return other && source ? [{ ...row, ...other, source }] : []
  })
}
