import { z } from 'zod'
import { type AmaLink, amaMentors, shownAma } from '#domain/ama/queries.ts'
import type { AmaPhase } from '#domain/ama/rules.ts'
import { checkedRole } from '#domain/member/queries.ts'
import type { Checked, RoleThen } from '#domain/member/rules.ts'
import { FEW_SEEN, FIRST_PLACES, firstPlaces, keyBeside, type QuestionOrder } from '#domain/question/rules.ts'
import {
  Count,
  CountedKeys,
  DatedKeys,
  decodeCursor,
  encodeCursor,
  Instant,
  NegativeCount,
  PAGE_SIZE,
  type Page,
  pageOf,
} from '#lib/cursor.ts'
import { type Db, db, inOrder, Prisma, readRows } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** What a list shows of a question. */
export type QuestionRow = {
  id: string
  slug: string
  title: string
  askedAt: Date
  requestCount: number
  answerCount: number
  viewCount: number
  leadAnsweredAt: Date | null
  leadExcerpt: string | null
  /** Who gave the first answer, which stands for the question in lists, with the role held then. */
  lead: { handle: string | null; name: string; company: string | null; title: string | null; portraitId: string | null } | null
}

/** A question of an AMA with its lead answer whole. */
export type AmaQuestion = QuestionRow & {
  number: number
  detailsHtml: string | null
  leadAnswerId: string | null
  leadHtml: string | null
  /** Where the first answer was given to another question, and placed here. */
  leadPlaced: { line: string; slug: string; title: string } | null
  /** The role that who gave it holds now, and how the one held then was checked. */
  leadNow: RoleThen | null
  leadChecked: Checked | null
  askedBy: string | null
  /** A host put it in, gathered elsewhere. */
  sentInAt: Date | null
}
/** `place` is what stands before the title; `fresh` marks a question that few have seen. */
export type PlacedQuestion = AmaQuestion & { place: number; fresh: boolean }

/** A question as its own page shows it. */
export type QuestionView = {
  id: string
  slug: string
  title: string
  detailsHtml: string | null
  askedAt: Date
  sentInAt: Date | null
  /** Since then nobody is asked to answer it. */
  closedAt: Date | null
  requestCount: number
  answerCount: number
  viewCount: number
  leadExcerpt: string | null
  /** Of who gave the lead answer. */
  leadPortraitId: string | null
  topicId: string | null
  communityId: string
  amaId: string | null
  community: { slug: string; name: string }
  topic: { slug: string; name: string } | null
  /** The AMA that it was asked in. */
  ama: AmaLink | null
  askedTo: { handle: string; name: string } | null
  askedBy: string | null
  clarifications: ClarificationView[] | null
}

/** What the asker added and everybody may read, the first one first; null where there is nothing. `addedAt` as JSON has it. */
export type ClarificationView = { id: string; html: string; addedAt: string }

/** Of questions `q`, those that no moderator has hidden: whatever the public reads goes through it. */
export const shownQuestion = Prisma.sql`q."hiddenAt" IS NULL`

/** Of a question `q`, what its asker added, without what waits for a host. */
export const shownClarifications = Prisma.sql`(
  SELECT json_agg(json_build_object('id', cl.id, 'html', cl.html, 'addedAt', cl."addedAt") ORDER BY cl."addedAt", cl.id)
  FROM "Clarification" cl WHERE cl."questionId" = q.id AND cl."heldAt" IS NULL)`

/** Of a question `q`, the name of who asked it: null unless they show it, and while a moderator hides who they are. */
export const askerName = Prisma.sql`
  CASE WHEN q."showName" THEN (SELECT name FROM "Member" WHERE id = q."askedById" AND "profileHiddenAt" IS NULL) END`

/** Since when everybody may read a question `q`: lists of what is new go by it. What waited for a host is new once it is let through. */
export const shownSince = Prisma.sql`coalesce(q."checkedAt", q."askedAt")`

export async function getQuestion(slug: string): Promise<QuestionView | null> {
  const [question] = await db().$queryRaw<QuestionView[]>`
    SELECT q.id, q.slug, q.title, q."detailsHtml", q."askedAt", q."sentInAt", q."closedAt", q."requestCount", q."answerCount", q."viewCount", q."leadExcerpt",
      q."topicId", q."communityId", q."amaId",
      (SELECT m."portraitId" FROM "Answer" a JOIN "Member" m ON m.id = a."mentorId" WHERE a.id = q."leadAnswerId") AS "leadPortraitId",
      json_build_object('slug', c.slug, 'name', c.name) AS community,
      CASE WHEN t.id IS NOT NULL THEN json_build_object('slug', t.slug, 'name', t.name) END AS topic,
      (SELECT json_build_object('slug', a.slug, 'topic', json_build_object('slug', ta.slug, 'name', ta.name), 'mentors', ${amaMentors})
       FROM "Ama" a JOIN "Topic" ta ON ta.id = a."topicId" WHERE a.id = q."amaId" AND ${shownAma}) AS ama,
      (SELECT json_build_object('handle', handle, 'name', name) FROM "Member" WHERE id = q."askedToId") AS "askedTo",
      ${askerName} AS "askedBy",
      ${shownClarifications} AS clarifications
    FROM "Question" q JOIN "Community" c ON c.id = q."communityId" LEFT JOIN "Topic" t ON t.id = q."topicId"
    WHERE q.slug = ${slug} AND ${shownQuestion}`
  return question ?? null
}

/** A question as its asker sees it, shown to others or not. */
export type OwnQuestion = NonNullable<Awaited<ReturnType<typeof getOwnQuestion>>>

export function getOwnQuestion({ memberId }: NonNullable<Viewer>, slug: string) {
  return db().question.findFirst({ where: { slug, askedById: memberId }, select: ownQuestion })
}

/** What somebody asked with this key of a browser. */
export function listSentWith(memberId: string, key: string, tx: Db) {
  return tx.question.findMany({
    where: { askedById: memberId, OR: [{ askKey: key }, { askKey: { startsWith: keyBeside(key, '') } }] },
    select: { slug: true, title: true, details: true },
  })
}

/** What a person has asked, the newest first. Null where `after` is not a cursor of this list. */
export async function listOwnQuestions({ memberId }: NonNullable<Viewer>, after?: string | string[]) {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const at = keys && new Date(keys[0])
  const further = keys && { OR: [{ askedAt: { lt: at } }, { askedAt: at, id: { lt: keys[1] } }] }
  const rows = await db().question.findMany({
    where: { askedById: memberId, ...further },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    select: {
      id: true,
      slug: true,
      title: true,
      askedAt: true,
      requestCount: true,
      answerCount: true,
      heldAt: true,
      returnedAt: true,
      hiddenAt: true,
    },
  })
  return pageOf(rows, PAGE_SIZE, (last) => [last.askedAt.getTime(), last.id])
}

/** A question of an AMA as its hosts see it, who may be shown it before anybody else. */
export type HostedQuestion = {
  id: string
  slug: string
  number: number
  title: string
  details: string | null
  sentInAt: Date | null
  requestCount: number
  answerCount: number
}

/** The questions of an AMA by order of asking, without those that a moderator hides. Null where `after` is not a cursor of this list. */
export async function listHostedQuestions(amaId: string, after?: string | string[]): Promise<Page<HostedQuestion> | null> {
  const keys = decodeCursor(NumberKeys, after)
  if (keys === null) return null
  const where = { amaId, hiddenById: null, returnedAt: null, ...(keys && { number: { gt: keys[0] } }) }
  const found = await db().question.findMany({ where, orderBy: { number: 'asc' }, take: PAGE_SIZE + 1, select: hostedQuestion })
  const rows = found.map((row) => ({ ...row, number: row.number ?? 0 }))
  return pageOf(rows, PAGE_SIZE, (last) => [last.number])
}

/** With the slug of its AMA; the caller looks whether the viewer hosts that. */
export function getHostedQuestion(slug: string) {
  const where = { slug, amaId: { not: null }, hiddenById: null, returnedAt: null }
  return db().question.findFirst({ where, select: { ...hostedQuestion, ama: { select: { id: true, slug: true } } } })
}

const hostedQuestion = {
  id: true,
  slug: true,
  number: true,
  title: true,
  details: true,
  sentInAt: true,
  requestCount: true,
  answerCount: true,
} satisfies Prisma.QuestionSelect

/**
 * What waits for a host's check: a question, or what its asker adds to one (`added`). Who asked it is in it only where the
 * asker shows the name.
 */
export type HeldQuestion = {
  /** Of the question, or of what is added. */
  id: string
  added: boolean
  title: string
  /** Of the details, or of what is added. */
  html: string | null
  heldAt: Date
  topic: string | null
  askedTo: string | null
  askedBy: string | null
}

/** What waits for a community's hosts, the oldest first. Null where `after` is not a cursor of this list. */
export function listHeld(communityId: string, after?: string | string[]): Promise<Page<HeldQuestion> | null> {
  return heldWhere(Prisma.sql`q."communityId" = ${communityId}::uuid`, after)
}

/** The same of one AMA, for whoever runs it. */
export function listHeldInAma(amaId: string, after?: string | string[]): Promise<Page<HeldQuestion> | null> {
  return heldWhere(Prisma.sql`q."amaId" = ${amaId}::uuid`, after)
}

async function heldWhere(place: Prisma.Sql, after: string | string[] | undefined): Promise<Page<HeldQuestion> | null> {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const further = (of: Prisma.Sql) =>
    keys ? Prisma.sql`AND (${of}."heldAt", ${of}.id) > (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<HeldQuestion[]>`
    SELECT held.id, held.added, q.title, held.html, held."heldAt", t.name AS topic, (SELECT name FROM "Member" WHERE id = q."askedToId") AS "askedTo",
      ${askerName} AS "askedBy"
    FROM (
      (SELECT q.id, q.id AS "questionId", false AS added, q."detailsHtml" AS html, q."heldAt" FROM "Question" q
       WHERE ${place} AND ${waitsForHost(Prisma.sql`q`)} ${further(Prisma.sql`q`)}
       ORDER BY q."heldAt", q.id LIMIT ${PAGE_SIZE + 1})
      UNION ALL
      (SELECT cl.id, q.id, true, cl.html, cl."heldAt" FROM "Clarification" cl JOIN "Question" q ON q.id = cl."questionId"
       WHERE ${place} AND ${waitsForHost(Prisma.sql`cl`)} ${further(Prisma.sql`cl`)}
       ORDER BY cl."heldAt", cl.id LIMIT ${PAGE_SIZE + 1})
    ) held JOIN "Question" q ON q.id = held."questionId" LEFT JOIN "Topic" t ON t.id = q."topicId"
    ORDER BY held."heldAt", held.id LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows, PAGE_SIZE, (last) => [last.heldAt.getTime(), last.id])
}

/** What a host has not looked at yet; what was given back waits for its asker. */
export const waitsForHost = (of: Prisma.Sql) => Prisma.sql`${of}."heldAt" IS NOT NULL AND ${of}."returnedAt" IS NULL`

/** The communities that the person hosts, by name, with how much waits there for the check. */
export function listHosted({ hosts }: NonNullable<Viewer>): Promise<{ slug: string; name: string; waiting: number }[]> {
  if (!hosts.length) return Promise.resolve([])
  return db().$queryRaw`
    SELECT c.slug, c.name, (
      SELECT count(*)::int FROM "Question" q WHERE q."communityId" = c.id AND ${waitsForHost(Prisma.sql`q`)}
    ) + (
      SELECT count(*)::int FROM "Clarification" cl JOIN "Question" q ON q.id = cl."questionId"
      WHERE q."communityId" = c.id AND ${waitsForHost(Prisma.sql`cl`)}
    ) AS waiting
    FROM "Community" c WHERE c.id = ANY(${hosts}::uuid[]) ORDER BY c.name LIMIT 100`
}

const ownQuestion = {
  id: true,
  slug: true,
  title: true,
  details: true,
  detailsHtml: true,
  showName: true,
  askedAt: true,
  requestCount: true,
  answerCount: true,
  heldAt: true,
  returnedAt: true,
  returnReason: true,
  askKey: true,
  hiddenAt: true,
  community: { select: { slug: true, name: true } },
  topic: { select: { slug: true, name: true } },
  askedTo: { select: { handle: true, name: true } },
  clarifications: {
    select: { id: true, body: true, html: true, addedAt: true, heldAt: true, returnReason: true },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
  },
  revisedAt: true,
  // What mentors said to the asker alone.
  setAside: {
    where: { act: { in: ['ask-back', 'decline'] } },
    select: { act: true, words: true, setAsideAt: true, member: { select: { id: true, name: true } } },
    orderBy: [{ setAsideAt: 'asc' }, { memberId: 'asc' }],
    take: 20,
  },
} satisfies Prisma.QuestionSelect

/** Rows of these questions, in this order. */
export async function findQuestions(ids: string[]): Promise<QuestionRow[]> {
  return readRows<QuestionRow>`
    SELECT ${columns} FROM ${inOrder(ids)} JOIN "Question" q ON q.id = wanted.id AND ${shownQuestion} ${leads}
    ORDER BY wanted.place`
}

/** Questions of a community in one of the orders of rules.ts. Null where `after` is not a cursor of this list. */
export function listCommunityQuestions(
  communityId: string,
  order: QuestionOrder,
  after?: string | string[],
  size = PAGE_SIZE,
): Promise<Page<QuestionRow> | null> {
  return lists[order](Prisma.sql`q."communityId" = ${communityId}::uuid`, after, size)
}

/** Questions of a topic, likewise. */
export function listTopicQuestions(
  topicId: string,
  order: QuestionOrder,
  after?: string | string[],
  size = PAGE_SIZE,
): Promise<Page<QuestionRow> | null> {
  return lists[order](Prisma.sql`q."topicId" = ${topicId}::uuid`, after, size)
}

/** Questions of a topic without an answer, most requests first: those that can still be answered, or those that an AMA left open when it closed. */
export function listTopicUnanswered(topicId: string, which: 'open' | 'left', size: number): Promise<QuestionRow[]> {
  return db().$queryRaw<QuestionRow[]>`
    SELECT ${columns} FROM "Question" q ${leads}
    WHERE q."topicId" = ${topicId}::uuid AND ${shownQuestion} AND q."answerCount" = 0 AND (q."closedAt" IS NOT NULL) = (SELECT ${which === 'left'}::boolean)
    ORDER BY -q."requestCount", q."askedAt", q.id LIMIT ${size}`
}

/** Of the hundred questions that were answered last, those that are read most. */
export function listWorthReading(size: number): Promise<QuestionRow[]> {
  return db().$queryRaw<QuestionRow[]>`
    SELECT ${columns} FROM (
      SELECT * FROM (
        SELECT * FROM "Question" q WHERE ${shownQuestion} AND "leadAnsweredAt" IS NOT NULL ORDER BY "leadAnsweredAt" DESC, id DESC LIMIT 100
      ) latest ORDER BY "viewCount" DESC, id DESC LIMIT ${size}
    ) q ${leads} ORDER BY q."viewCount" DESC, q.id DESC`
}

/** `onTop`: numbers of questions that are shown above the first page, and are left out of it. */
type Shown = { now?: Date; onTop?: readonly number[] }

/**
 * Questions of an AMA in the order of its phase (product.md: most requested with one place in four for new ones while
 * people still ask; by views once it is past, then what is not answered by people waiting).
 * Null where `after` is not a cursor of this list.
 */
export function listAmaQuestions(
  amaId: string,
  phase: AmaPhase,
  after?: string | string[],
  { now = new Date(), onTop = [] }: Shown = {},
): Promise<Page<PlacedQuestion> | null> {
  return phase === 'past' ? listPastQuestions(amaId, after) : listOpenQuestions(amaId, after, now, onTop)
}

/** Questions of an AMA by their numbers, in order of asking; what is not there or not shown is left out. */
export async function findAmaQuestions(amaId: string, numbers: number[]): Promise<PlacedQuestion[]> {
  const rows = await db().$queryRaw<AmaQuestion[]>`
    SELECT ${amaColumns} FROM "Question" q ${leads}
    WHERE q."amaId" = ${amaId}::uuid AND q.number = ANY(${numbers}::int[]) AND ${shownQuestion} ORDER BY q.number`
  return rows.map(atNumber)
}

/** Of the question `q`: nobody has answered it, so all its requests wait. As the index of what waits says it. */
const unanswered = Prisma.sql`(q."waitingCount" > 0 OR q."answerCount" = 0) AND q."answerCount" = 0`

const NumberKeys = z.tuple([Count])

/**
 * Questions of an AMA that have all words of a query, in themselves or in one answer that stands there, by their numbers. `ways`: the query in
 * each way in which it can be said. Null where `after` is not a cursor of this list.
 */
export async function searchAma(amaId: string, ways: string[], after?: string | string[]): Promise<Page<PlacedQuestion> | null> {
  const keys = decodeCursor(NumberKeys, after)
  if (keys === null) return null
  const said = ways.map((way) => Prisma.sql`plainto_tsquery('perch', translate(${way}, '/', ' '))`)
  const rows = await db().$queryRaw<AmaQuestion[]>`
    SELECT ${amaColumns} FROM (SELECT ${Prisma.join(said, ' || ')} AS query OFFSET 0) asked
    JOIN "Question" q ON q."amaId" = ${amaId}::uuid AND ${shownQuestion} AND q.number > ${keys?.[0] ?? 0}
    JOIN "QuestionWords" w ON w."questionId" = q.id ${leads}
    WHERE w.words @@ asked.query OR EXISTS (
      SELECT FROM answers_at(q.id) here JOIN "AnswerWords" aw ON aw."answerId" = here.id AND aw.words @@ asked.query)
    ORDER BY q.number LIMIT ${PAGE_SIZE + 1}`
  return pageOf(rows.map(atNumber), PAGE_SIZE, (last) => [last.number])
}

/** What a projector shows of an AMA: one question large, and those around it. */
export type Presented = {
  current: PlacedQuestion | null
  /** Numbers of the questions before and after it. */
  before: number | null
  after: number | null
  coming: PlacedQuestion[]
}

const COMING = 4
/** So many that wait can be stepped through. */
const STEPS = 40

/**
 * The question `at` this number; without one what is being answered (`onTop`), else the first that waits. Around it those
 * that wait, the most requested first.
 */
export async function getPresented(amaId: string, onTop: number[], at?: number): Promise<Presented> {
  const [chosen, waiting] = await Promise.all([
    findAmaQuestions(amaId, at === undefined ? onTop : [...onTop, at]),
    db().$queryRaw<AmaQuestion[]>`
      SELECT ${amaColumns} FROM "Question" q ${leads}
      WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion} AND ${unanswered} AND q.number <> ALL(${onTop}::int[])
      ORDER BY (-q."waitingCount"), q."askedAt", q.id LIMIT ${STEPS}`,
  ])
  const numbered = (number: number) => chosen.find((one) => one.number === number)
  const line = [...onTop.flatMap((number) => numbered(number) ?? []), ...waiting.map(atNumber)]
  const current = (at !== undefined && numbered(at)) || line[0] || null
  const place = line.findIndex(({ id }) => id === current?.id)
  return {
    current,
    before: line[place - 1]?.number ?? null,
    after: line[place + 1]?.number ?? null,
    coming: line.slice(place + 1, place + 1 + COMING),
  }
}

const PastKeys = z.tuple([z.literal([0, 1]), NegativeCount, Count, Count])

// Sort keys: answered before unanswered, views or requests, number. The cursor also carries the place reached.
async function listPastQuestions(amaId: string, after: string | string[] | undefined): Promise<Page<PlacedQuestion> | null> {
  const keys = decodeCursor(PastKeys, after)
  if (keys === null) return null
  const rank = Prisma.sql`(q."answerCount" = 0)::int, -(CASE WHEN q."answerCount" = 0 THEN q."requestCount" ELSE q."viewCount" END), q.number`
  const rows = await db().$queryRaw<AmaQuestion[]>`
    SELECT ${amaColumns} FROM "Question" q ${leads}
    WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion} ${keys ? Prisma.sql`AND (${rank}) > (${keys[0]}, ${keys[1]}, ${keys[2]})` : Prisma.empty}
    ORDER BY ${rank} LIMIT ${PAGE_SIZE + 1}`
  const passed = keys?.[3] ?? 0
  const placed = rows.map((row, i) => ({ ...row, place: passed + i + 1, fresh: false }))
  return pageOf(placed, PAGE_SIZE, (last) => [
    last.answerCount === 0 ? 1 : 0,
    -(last.answerCount === 0 ? last.requestCount : last.viewCount),
    last.number,
    last.place,
  ])
}

const OpenKeys = z.tuple([Count, Count]).rest(Count)

// The cursor carries the numbers of what the first page has shown out of its order.
async function listOpenQuestions(
  amaId: string,
  after: string | string[] | undefined,
  now: Date,
  onTop: readonly number[],
): Promise<Page<PlacedQuestion> | null> {
  const keys = decodeCursor(OpenKeys, after)
  if (keys === null) return null
  const [requests, number, ...shown] = keys ?? []
  const rows = (further: Prisma.Sql, order: Prisma.Sql, most: number) => db().$queryRaw<AmaQuestion[]>`
    SELECT ${amaColumns} FROM "Question" q ${leads} WHERE q."amaId" = ${amaId}::uuid AND ${shownQuestion} ${further} ORDER BY ${order} LIMIT ${most}`
  const byRequests = Prisma.sql`-q."requestCount", q.number`
  if (keys) {
    const further = Prisma.sql`AND (${byRequests}) > (${-(requests ?? 0)}, ${number ?? 0}) AND q.number <> ALL(${shown}::int[])`
    const page = (await rows(further, byRequests, PAGE_SIZE + 1)).map(atNumber)
    return pageOf(page, PAGE_SIZE, (last) => [last.requestCount, last.number, ...shown])
  }
  const others = Prisma.sql`AND q.number <> ALL(${onTop}::int[])`
  const fewest = Prisma.sql`(-q."waitingCount") DESC, q."askedAt" DESC, q.id DESC`
  const [most, few] = await Promise.all([
    rows(others, byRequests, FIRST_PLACES + 1),
    rows(Prisma.sql`${others} AND ${unanswered}`, fewest, FEW_SEEN),
  ])
  const placed = firstPlaces(most, few, now)
  const last = placed.findLast(({ fresh }) => !fresh)?.question
  const fresh = placed.flatMap(({ question, fresh }) => (fresh ? [question.number] : []))
  return {
    rows: placed.map(({ question, fresh }) => ({ ...atNumber(question), fresh })),
    next: most.length > FIRST_PLACES && last ? encodeCursor([last.requestCount, last.number, ...fresh, ...onTop]) : null,
  }
}

function atNumber(row: AmaQuestion): PlacedQuestion {
  return { ...row, place: row.number, fresh: false }
}

type List = (place: Prisma.Sql, after: string | string[] | undefined, size: number) => Promise<Page<QuestionRow> | null>

const listMostRead: List = async (place, after, size) => {
  const keys = decodeCursor(CountedKeys, after)
  if (keys === null) return null
  const further = keys ? Prisma.sql`AND (q."viewCount", q.id) < (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<QuestionRow[]>`
    SELECT ${columns} FROM "Question" q ${leads} WHERE ${place} AND ${shownQuestion} ${further} ORDER BY q."viewCount" DESC, q.id DESC LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.viewCount, last.id])
}

/** As the indexes say it. */
const heat = Prisma.sql`question_heat(q."requestCount", q."viewCount", ${shownSince}, q."lastAnsweredAt")`

const HotKeys = z.tuple([z.number().min(-1e6).max(1e6), z.uuid()])

const listHot: List = async (place, after, size) => {
  const keys = decodeCursor(HotKeys, after)
  if (keys === null) return null
  const further = keys ? Prisma.sql`AND (${heat}, q.id) < (${keys[0]}::float8, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<(QuestionRow & { heat: number })[]>`
    SELECT ${columns}, ${heat} AS heat FROM "Question" q ${leads} WHERE ${place} AND ${shownQuestion} ${further} ORDER BY ${heat} DESC, q.id DESC LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.heat, last.id])
}

const listNewest: List = async (place, after, size) => {
  const keys = decodeCursor(DatedKeys, after)
  if (keys === null) return null
  const further = keys ? Prisma.sql`AND (${shownSince}, q.id) < (${new Date(keys[0])}, ${keys[1]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<(QuestionRow & { shownSince: Date })[]>`
    SELECT ${columns}, ${shownSince} AS "shownSince"
    FROM "Question" q ${leads} WHERE ${place} AND ${shownQuestion} ${further} ORDER BY ${shownSince} DESC, q.id DESC LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.shownSince.getTime(), last.id])
}

const RequestedKeys = z.tuple([Count, Instant, z.uuid()])

const listRequested: List = async (place, after, size) => {
  const keys = decodeCursor(RequestedKeys, after)
  if (keys === null) return null
  const rank = Prisma.sql`-q."requestCount", q."askedAt", q.id`
  const further = keys ? Prisma.sql`AND (${rank}) > (${-keys[0]}::int, ${new Date(keys[1])}, ${keys[2]}::uuid)` : Prisma.empty
  const rows = await db().$queryRaw<QuestionRow[]>`
    SELECT ${columns} FROM "Question" q ${leads}
    WHERE ${place} AND ${shownQuestion} AND q."requestCount" > 1 ${further} ORDER BY ${rank} LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.requestCount, last.askedAt.getTime(), last.id])
}

const UnansweredKeys = z.tuple([z.literal([0, 1]), Count, Instant, z.uuid()])

const listUnanswered: List = async (place, after, size) => {
  const keys = decodeCursor(UnansweredKeys, after)
  if (keys === null) return null
  const rank = Prisma.sql`(q."closedAt" IS NOT NULL), -q."requestCount", q."askedAt", q.id`
  const further = keys
    ? Prisma.sql`AND (${rank}) > (${keys[0] === 1}::boolean, ${-keys[1]}::int, ${new Date(keys[2])}, ${keys[3]}::uuid)`
    : Prisma.empty
  const rows = await db().$queryRaw<(QuestionRow & { left: boolean })[]>`
    SELECT ${columns}, q."closedAt" IS NOT NULL AS "left" FROM "Question" q ${leads}
    WHERE ${place} AND ${shownQuestion} AND q."answerCount" = 0 ${further} ORDER BY ${rank} LIMIT ${size + 1}`
  return pageOf(rows, size, (last) => [last.left ? 1 : 0, last.requestCount, last.askedAt.getTime(), last.id])
}

const lists: Record<QuestionOrder, List> = {
  read: listMostRead,
  hot: listHot,
  newest: listNewest,
  requested: listRequested,
  unanswered: listUnanswered,
}

const leads = Prisma.sql`
  LEFT JOIN "Answer" la ON la.id = q."leadAnswerId" LEFT JOIN "Member" lm ON lm.id = q."leadMentorId" LEFT JOIN "Company" lc ON lc.id = la."companyId"`

const columns = Prisma.sql`
  q.id, q.slug, q.title, q."askedAt", q."requestCount", q."answerCount", q."viewCount", q."leadAnsweredAt", q."leadExcerpt",
  CASE WHEN lm.id IS NOT NULL THEN json_build_object(
    'handle', CASE WHEN lm."deletedAt" IS NULL THEN lm.handle END, 'name', lm.name, 'company', lc.name, 'title', la.title, 'portraitId', lm."portraitId") END AS lead`

const amaColumns = Prisma.sql`${columns}, q.number, q."detailsHtml", q."sentInAt", q."leadAnswerId", la.html AS "leadHtml",
  (SELECT json_build_object('line', p.line, 'slug', given.slug, 'title', given.title) FROM "AnswerPlacement" p JOIN "Question" given ON given.id = la."questionId"
   WHERE p."answerId" = la.id AND p."questionId" = q.id) AS "leadPlaced",
  CASE WHEN lm.id IS NOT NULL THEN json_build_object('company', (SELECT name FROM "Company" WHERE id = lm."companyId"), 'title', lm.title) END AS "leadNow",
  ${checkedRole(Prisma.sql`lm.id`, Prisma.sql`la."companyId"`, Prisma.sql`la.title`)} AS "leadChecked",
  ${askerName} AS "askedBy"`
