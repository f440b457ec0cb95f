import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { requestOwn } from '#domain/answer-request/commands.ts'
import { type AskingPlace, type DraftView, findWaiting, getDraft, getPlace } from '#domain/draft/queries.ts'
import {
  AskQuestion,
  KEPT_FOR,
  type Place,
  placeKey,
  type SaveDraft,
  suggestTopic,
  WAITS_FOR,
  waitingToken,
  whyClosed,
} from '#domain/draft/rules.ts'
import { countWaitingFor } from '#domain/member/queries.ts'
import { announce } from '#domain/notice/commands.ts'
import { makeQuestion } from '#domain/question/commands.ts'
import { listSentWith } from '#domain/question/queries.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { keyedWord, newToken, tokenHash } from '#lib/secret.ts'
import { inOneLine, typedText } from '#lib/typed-text.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

type Asked = z.output<typeof AskQuestion>

/** Asks a question, once however often the form is sent. What a visitor wrote is kept, and asked when they have signed in. */
export async function askQuestion(viewer: Viewer, asked: Asked, { now }: Visit): Promise<Outcome> {
  ensure(!viewer?.suspendedUntil, 'forbidden', 'Your account is suspended: until it is over you can read, and not ask.')
  const place = await getPlace(asked.place)
  ensure(place !== null, 'not_found', 'Nobody can be asked there any more. Your text is kept here; ask it somewhere else.')
  ensureOpen(beforeAsking(place), viewer?.memberId ?? null, now)
  if (!asked.seen) return { to: paths.askCheck(await keepForCheck(viewer, asked, place, now)) }
  if (!viewer) return { to: paths.signIn(paths.ask({ draft: await keepWaiting(asked, place, now) })) }
  const slug = await db().$transaction((tx) => publish(tx, viewer.memberId, asked, place, now))
  return { to: paths.myQuestion(slug, 'asked') }
}

/**
 * Asks what waited for this sign-in: the path to go on to names it. Answers where to go instead, or null where nothing waits,
 * or where it cannot be asked any more; then the form at that path says why.
 */
export async function askWaiting(tx: Db, memberId: string, next: string | null, now: Date): Promise<string | null> {
  const token = waitingToken(next)
  const waiting = token ? await findWaiting(token) : null
  if (!token || !waiting) return null
  const asked = AskQuestion.safeParse({
    ...waiting,
    showName: waiting.showName ? 'on' : undefined,
    key: waiting.askKey ?? undefined,
    draft: token,
  })
  const place = asked.success ? await getPlace(asked.data.place) : null
  if (!asked.success || !place || whyClosed(place, memberId, now)) return null
  // Of two who have the word one asks.
  const { count } = await tx.draft.deleteMany({ where: { tokenHash: tokenHash(token), memberId: null } })
  if (!count) return null
  return paths.myQuestion(await publish(tx, memberId, asked.data, place, now), 'asked')
}

/**
 * Keeps what somebody types. Where the draft was changed elsewhere since `version`, nothing is written, and the answer is
 * what stands there. An empty one is deleted: version 0. One that is asked already is not begun again: the answer is the
 * question. Where `key` is of an "other" question nothing is written: the sender tries again with a new one.
 */
export async function saveDraft(
  viewer: Viewer,
  { place, version, key, ...typed }: z.output<typeof SaveDraft>,
  now: Date,
): Promise<{ version: number } | { theirs: DraftView } | { asked: { slug: string } | 'other' }> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended: until it is over you can read, and not ask.')
  const { memberId } = viewer
  const where = { memberId, place: placeKey(place) }
  const texts = { ...typed, title: kept(typed.title), details: kept(typed.details) }
  return db().$transaction(async (tx) => {
    const isBlank = !(texts.title.trim() || texts.details.trim())
    const asked = key && !isBlank ? await listSentWith(memberId, key, tx) : []
    const words = { title: inOneLine(typedText(texts.title)), details: typedText(texts.details).trim() }
    const same = asked.find(({ title, details }) => title === words.title && (details ?? '') === words.details)
    if (asked.length && !same) return { asked: 'other' }
    if (same || isBlank) {
      await tx.draft.deleteMany({ where: { ...where, version } })
      return same ? { asked: { slug: same.slug } } : { version: 0 }
    }
    const row = { ...where, ...texts, askKey: key ?? null, savedAt: now }
    const { count } = version
      ? await tx.draft.updateMany({ where: { ...where, version }, data: { ...row, version: { increment: 1 } } })
      : await tx.draft.createMany({ data: [{ id: uuidv7(), ...row }], skipDuplicates: true })
    if (count) return { version: version + 1 }
    const theirs = await getDraft(viewer, place)
    if (theirs) return { theirs }
    await tx.draft.createMany({ data: [{ id: uuidv7(), ...row, version: version + 1 }], skipDuplicates: true })
    return { version: version + 1 }
  })
}

/** Deletes the draft of a place, or what waits under the word. */
export async function forgetDraft(tx: Db, viewer: Viewer, where: { place?: Place; draft?: string }): Promise<void> {
  if (viewer && where.place) await tx.draft.deleteMany({ where: { memberId: viewer.memberId, place: placeKey(where.place) } })
  if (where.draft) await tx.draft.deleteMany({ where: { tokenHash: tokenHash(where.draft), memberId: null } })
}

type Kept = { place: string; title: string; details: string; topic: string; showName: boolean; askKey: string }

/**
 * Keeps what somebody wrote who is not signed in, or not sure yet, under the word that it had or a new one, which is answered:
 * by that it is found again, in whatever browser.
 */
export async function keepUnderWord(kept: Kept, word: string | undefined, now: Date): Promise<string> {
  const row = { ...kept, savedAt: now }
  if (word) {
    const { count } = await db().draft.updateMany({ where: { tokenHash: tokenHash(word), memberId: null }, data: row })
    if (count) return word
  }
  const token = newToken()
  await db().draft.create({ data: { id: uuidv7(), tokenHash: tokenHash(token), ...row } })
  return token
}

/** Leaves no draft of a member. */
export async function forgetDraftsOf(tx: Db, memberId: string): Promise<void> {
  await tx.draft.deleteMany({ where: { memberId } })
}

/** Deletes what waited too long for a sign-in, and what was begun half a year ago. */
export async function forgetDrafts(now: Date): Promise<void> {
  const before = (ms: number) => ({ lt: new Date(now.getTime() - ms) })
  await db().draft.deleteMany({ where: { OR: [{ memberId: null, savedAt: before(WAITS_FOR) }, { savedAt: before(KEPT_FOR) }] } })
}

function ensureOpen(place: AskingPlace, memberId: string | null, now: Date): void {
  const closed = whyClosed(place, memberId, now)
  ensure(closed === null, 'conflict', closed ?? '')
}

/** How many wait is decided once it is asked: who sends twice is not refused for having asked. */
function beforeAsking(place: AskingPlace): AskingPlace {
  return { ...place, mentor: place.mentor && { ...place.mentor, waiting: 0 } }
}

/** Of two who ask a mentor at one moment the second waits here, and is counted with the first. */
async function ensureRoom(tx: Db, mentor: NonNullable<AskingPlace['mentor']>): Promise<void> {
  if (mentor.directLimit === null) return
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`to ${mentor.id}`}, 0))`
  const others = (await countWaitingFor(mentor.id, tx)) - 1
  const full = others >= mentor.directLimit
  ensure(!full, 'conflict', `${mentor.name} takes no more questions until some of those that wait are answered. Your text is kept here.`)
}

async function publish(tx: Db, memberId: string, asked: Asked, place: AskingPlace, now: Date): Promise<string> {
  const { ama, mentor, community, topicId, topics } = place
  const chosen = asked.topic === 'title' ? suggestTopic(asked.title, topics) : topics.find(({ id }) => id === asked.topic)?.id
  const { id, slug, held, again } = await makeQuestion(
    tx,
    {
      title: asked.title,
      details: asked.details,
      showName: asked.showName === 'on',
      askedById: memberId,
      askedToId: mentor?.id ?? null,
      communityId: community.id,
      topicId: ama ? topicId : (chosen ?? null),
      amaId: ama ? place.place.id : null,
      askKeys: asked.key ? [asked.key] : keysOf(memberId, place.key, asked.title, now),
    },
    now,
  )
  if (!again) {
    if (mentor) await ensureRoom(tx, mentor)
    await requestOwn(tx, id, memberId, now)
    if (!held) await tellNoMentor(tx, id, memberId, place, now)
  }
  // What was begun on another device, unseen here, stays: it goes if it is the same filling of the form, or says the same.
  const same = [{ askKey: asked.key ?? null }, { title: asked.title, details: asked.details ?? '' }]
  await tx.draft.deleteMany({ where: { memberId, place: place.key, OR: same } })
  if (asked.draft) await tx.draft.deleteMany({ where: { tokenHash: tokenHash(asked.draft) } })
  return slug
}

/** Tells a community's hosts of a question that waits where no mentor is, one a day: they look at the others then. */
async function tellNoMentor(tx: Db, id: string, askerId: string, { community }: AskingPlace, now: Date): Promise<void> {
  if (community.mentorCount > 0) return
  const ofLate = { askedAt: { gt: new Date(now.getTime() - WAITS_FOR) }, hiddenAt: null }
  const others = await tx.question.count({ where: { communityId: community.id, id: { not: id }, ...ofLate }, take: 1 })
  if (!others) await announce(tx, { event: 'no-mentor', questionId: id }, askerId)
}

/** Without a script: keeps what was sent while its sender looks at what is like it. */
async function keepForCheck(viewer: Viewer, asked: Asked, place: AskingPlace, now: Date): Promise<{ draft: string } | { place: string }> {
  if (!viewer) return { draft: await keepWaiting(asked, place, now) }
  const { title, details, topic, showName, key } = asked
  const row = { title, details: details ?? '', topic, showName: showName === 'on', askKey: key ?? null, savedAt: now }
  const which = { memberId: viewer.memberId, place: place.key }
  // What this person sends is meant, whatever else was begun for this place.
  await db().draft.upsert({
    where: { memberId_place: which },
    create: { id: uuidv7(), ...which, ...row },
    update: { ...row, version: { increment: 1 } },
  })
  return { place: place.key }
}

/** As PostgreSQL can keep it. */
function kept(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/** Keeps what a visitor wrote; answers the word by which it is found again. */
async function keepWaiting(asked: Asked, { key: place }: AskingPlace, now: Date): Promise<string> {
  const { title, details, topic, showName, key, draft } = asked
  return keepUnderWord({ place, title, details: details ?? '', topic, showName: showName === 'on', askKey: key ?? uuidv7() }, draft, now)
}

const TEN_MINUTES = 600_000

/** What a form that was sent twice has in common where no script gave it a key: these ten minutes, or the ten before. */
function keysOf(memberId: string, place: string, title: string, now: Date): string[] {
  const period = Math.floor(now.getTime() / TEN_MINUTES)
  return [period, period - 1].map((at) => keyedWord('asked twice', [memberId, place, title, String(at)]))
}
