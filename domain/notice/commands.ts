import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Mail } from '#domain/mail/rules.ts'
import { reasonText } from '#domain/moderation-event/rules.ts'
import { audience, getNoticeLetter, getOwnNotice, readOffWord } from '#domain/notice/queries.ts'
import {
  type ChooseNotices,
  KINDS,
  type Kind,
  kinds,
  type Level,
  NO_LINK,
  NoticeEvent,
  noticeHref,
  noticeText,
  onceKey,
  subjectOf,
  TURN_OFF,
  type TurnOff,
  UNDONE_WITHIN,
  WITHDRAWN,
} from '#domain/notice/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { enqueue, enqueueEach } from '#lib/jobs.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { seal } from '#lib/seal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Names of the jobs. */
const ANNOUNCE = 'announce'
const NOTICE_MAIL = 'notice-mail'

/** Members who are told in one transaction. */
const AT_ONCE = 500

/** Of an event that concerns thousands the mails wait behind a mail with a code. */
const LAST = 10

const Announced = z.object({ id: z.uuid(), event: NoticeEvent, byId: z.uuid().nullable() })

/**
 * Tells everybody whom this event concerns, in the inbox and by mail, once the caller's transaction is committed: of answers as
 * soon as it cannot be undone any more. `byId` is the member who did it, and needs not to be told; of what a mentor does the
 * event says it.
 */
export async function announce(tx: Db, event: NoticeEvent, byId: string | null = null): Promise<void> {
  const runAt = event.event === 'answered' || event.event === 'placed' ? new Date(Date.now() + UNDONE_WITHIN) : undefined
  await enqueue(tx, ANNOUNCE, Announced.parse({ id: uuidv7(), event, byId }), { runAt })
}

/** Tells many at once, each of what is theirs alone: how much waits for them. Nobody's mail waits for these. */
export async function announceEach(tx: Db, events: NoticeEvent[]): Promise<void> {
  const announced = events.map((event) => Announced.parse({ id: uuidv7(), event, byId: null }))
  await enqueueEach(tx, ANNOUNCE, announced, { priority: LAST })
}

/**
 * Writes the notices of what `announce` put into the queue, some hundred members at a time, each time with the jobs of their
 * mails. Done twice, whoever was told before is not told again.
 */
export async function tellAudience(payload: unknown, now: Date): Promise<void> {
  const announced = Announced.parse(payload)
  for (let after: string | null = NOBODY; after !== null; ) after = await tellSome(announced, after, now)
}

type Told = {
  memberId: string
  event: 'hide' | 'restore' | 'suspend'
  questionId?: string
  answerId?: string
  wantedId?: string
  reason: string
  words: string | undefined
  until?: Date
}

/** Tells somebody what a moderator did, whatever they have turned off. */
export async function tell(tx: Db, told: Told, now: Date): Promise<void> {
  const id = uuidv7()
  await tx.notice.create({ data: { id, key: id, ...told, toldAt: now } })
  await enqueue(tx, NOTICE_MAIL, { id })
}

/**
 * Gives mentors what they had written to questions that are about to be deleted: their drafts go with those. Nothing is said of
 * the question, which is its asker's. To be called with the questions locked.
 */
export async function giveDraftsBack(tx: Db, questionIds: string[]): Promise<void> {
  const told = await tx.$queryRaw<{ id: string; mailed: boolean }[]>`
    INSERT INTO "Notice" (id, "memberId", event, key, kind, why, words)
    SELECT gen_random_uuid(), d."memberId", ${WITHDRAWN}, ${`${WITHDRAWN} `} || d."questionId", 'mentor', 'mentor', d.body
    FROM "AnswerDraft" d JOIN "Account" acc ON acc."memberId" = d."memberId"
    WHERE d."questionId" = ANY(${questionIds}::uuid[]) AND d.body ~ '[^[:space:]]'
    RETURNING id, NOT EXISTS (
      SELECT FROM "NoticeChoice" c WHERE c."memberId" = "Notice"."memberId" AND c.kind = 'mentor' AND c.level <> 'mail') AS mailed`
  await enqueueEach(
    tx,
    NOTICE_MAIL,
    told.filter(({ mailed }) => mailed).map(({ id }) => ({ id })),
    { priority: LAST },
  )
}

/** The mail of a notice as it is to be said now; null where nobody is to be told any more. */
export async function openNoticeMail(payload: unknown, now: Date): Promise<{ id: string; mail: Mail } | null> {
  const { id, announced } = Queued.parse(payload)
  const letter = await getNoticeLetter(id)
  if (!letter || (announced && !(await isStillTold(announced, letter.memberId, now)))) return null
  const { name, email, reason, words, kind } = letter
  const link = env().SITE_URL + (noticeHref(letter) ?? paths.myNotices())
  const props = {
    name,
    subject: subjectOf(letter.event),
    what: noticeText(letter),
    reason: reason ? reasonText(reason) : '',
    // A whole draft stands in the inbox alone.
    words: letter.event === WITHDRAWN ? '' : (words ?? ''),
    link,
  }
  return { id, mail: { kind: 'notice', to: email, props: { ...props, off: kind && offLinks(letter.memberId, kind) } } }
}

/** Marks everything as read that the member was told. */
export async function readAll({ memberId }: NonNullable<Viewer>, now: Date): Promise<void> {
  await db().notice.updateMany({ where: { memberId, readAt: null }, data: { readAt: now } })
}

/** Answers where one leads, and marks it as read where it was `opened` by the person. */
export async function readNotice({ viewer, now }: Visit, id: string, opened = true): Promise<string> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const notice = await getOwnNotice(viewer, id)
  ensure(notice !== null, 'not_found', 'There is no such notice of yours.')
  if (opened) await db().notice.updateMany({ where: { id, memberId: viewer.memberId, readAt: null }, data: { readAt: now } })
  return noticeHref(notice) ?? paths.myNotices()
}

/** What of each kind is to reach the member. */
export async function chooseNotices(viewer: Viewer, chosen: z.output<typeof ChooseNotices>): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    for (const kind of KINDS) {
      const level = chosen[kind]
      if (level) await setLevel(tx, memberId, kind, level)
    }
  })
  return { to: paths.settingsNotices('saved') }
}

/** Sends no more mails of a kind to whoever got a mail with this link, signed in or not. */
export async function turnOff(_viewer: Viewer, { word }: z.output<typeof TurnOff>): Promise<Outcome> {
  const found = readOffWord(word)
  ensure(found !== null, 'not_found', NO_LINK)
  await db().$executeRaw`
    INSERT INTO "NoticeChoice" ("memberId", kind, level) SELECT "memberId", ${found.kind}, 'inbox' FROM "Account" WHERE "memberId" = ${found.memberId}::uuid
    ON CONFLICT ("memberId", kind) DO NOTHING`
  return { to: paths.unsubscribe(word, 'done') }
}

/** Deletes what a member was told, and takes the name from what others were told of the member. */
export async function forgetNoticesOf(tx: Db, memberId: string): Promise<void> {
  await tx.notice.deleteMany({ where: { memberId } })
  await tx.noticeChoice.deleteMany({ where: { memberId } })
  await tx.notice.updateMany({ where: { byId: memberId }, data: { byId: null } })
}

async function setLevel(tx: Db, memberId: string, kind: Kind, level: Level): Promise<void> {
  const which = { memberId_kind: { memberId, kind } }
  if (level === 'mail') await tx.noticeChoice.deleteMany({ where: { memberId, kind } })
  else await tx.noticeChoice.upsert({ where: which, create: { memberId, kind, level }, update: { level } })
}

function offLinks(memberId: string, kind: Kind): { name: string; link: string; oneClick: string } {
  const word = seal(TURN_OFF, `${memberId} ${kind}`)
  const { SITE_URL } = env()
  return { name: kinds[kind].name, link: SITE_URL + paths.unsubscribe(word), oneClick: SITE_URL + paths.oneClick(word) }
}

/** Before the id of every member. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const Queued = z.object({ id: z.uuid(), announced: Announced.optional() })

type Announced = z.infer<typeof Announced>

/** Tells the next members in the order of their ids; answers after whom to go on. */
async function tellSome(announced: Announced, after: string, now: Date): Promise<string | null> {
  const { id, event, byId } = announced
  return db().$transaction(async (tx) => {
    const [batch] = await tx.$queryRaw<{ people: number; last: string; mailed: string[] }[]>`
      WITH batch AS MATERIALIZED (
        SELECT * FROM (${audience(event, byId, now)}) told WHERE "memberId" > ${after}::uuid ORDER BY "memberId" LIMIT ${AT_ONCE}
      ), written AS (
        INSERT INTO "Notice" (id, "memberId", event, key, kind, why, "questionId", "answerId", "amaId", "communityId", "wantedId", "byId", count, "outOf", words, "toldAt")
        SELECT gen_random_uuid(), "memberId", ${event.event}, ${onceKey(event) ?? id}, kind, why, "questionId", "answerId", "amaId", "communityId", "wantedId", "byId", count, "outOf",
          CASE WHEN ${event.event} <> 'wanted-declined' OR why = 'host' THEN ${wordsOf(event)} END, ${now}
        FROM batch ON CONFLICT ("memberId", key) DO NOTHING RETURNING id, "memberId"
      )
      SELECT (SELECT count(*)::int FROM batch) AS people, (SELECT "memberId" FROM batch ORDER BY "memberId" DESC LIMIT 1) AS last,
        ARRAY(SELECT w.id::text FROM written w JOIN batch b USING ("memberId") WHERE b.level IS NULL) AS mailed`
    if (!batch) return null
    const jobs = batch.mailed.map((notice) => ({ id: notice, announced }))
    await enqueueEach(tx, NOTICE_MAIL, jobs, { priority: LAST })
    return batch.people === AT_ONCE ? batch.last : null
  })
}

function wordsOf(event: NoticeEvent): string | null {
  if ('line' in event) return event.line
  return 'reason' in event ? event.reason : null
}

/** Whether the member would be told of it, by mail, if it were announced now. */
async function isStillTold({ event, byId }: Announced, memberId: string, now: Date): Promise<boolean> {
  const found = await db().$queryRaw<object[]>`
    SELECT FROM (${audience(event, byId, now)}) told WHERE "memberId" = ${memberId}::uuid AND level IS NULL`
  return found.length > 0
}
