import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { amaPhase } from '#domain/ama/rules.ts'
import { type AskingPlace, findWaiting, getPlace } from '#domain/draft/queries.ts'
import { AskQuestion, KEPT_FOR, suggestTopic, WAITS_FOR, waitingToken } from '#domain/draft/rules.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import { makeQuestion } from '#domain/question/commands.ts'
import { type Db, db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { keyedHash, newToken, tokenHash } from '#lib/secret.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

type Asked = z.output<typeof AskQuestion>

/** Asks a question, once however often the form is sent. What a visitor wrote is kept, and asked when they have signed in. */
export async function askQuestion(viewer: Viewer, asked: Asked, { now }: Visit): Promise<Outcome> {
  ensure(!viewer?.suspendedUntil, 'forbidden', 'Your account is suspended: until it is over you can read, and not ask.')
  const place = await getPlace(asked.place)
  ensure(place !== null, 'not_found', 'Nobody can be asked there any more. Your text is kept here; ask it somewhere else.')
  ensureOpen(place, viewer?.memberId ?? null, now)
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

function whyClosed({ ama, mentor, community }: AskingPlace, memberId: string | null, now: Date): string | null {
  if (ama?.cancelledAt) return `This AMA was cancelled. Your text is kept here; ask it in ${community.name}.`
  if (ama && amaPhase(ama, now) === 'past') return `This AMA is over. Your text is kept here; ask it in ${community.name}.`
  if (mentor && mentor.id === memberId) return 'This would be a question to yourself.'
  return null
}

async function publish(tx: Db, memberId: string, asked: Asked, place: AskingPlace, now: Date): Promise<string> {
  const { ama, mentor, community, topicId, topics } = place
  const chosen = asked.topic === 'title' ? suggestTopic(asked.title, topics)?.id : topics.find(({ id }) => id === asked.topic)?.id
  const { slug, held, again } = await makeQuestion(
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
  if (!again) await tellHosts(tx, asked.title, place, slug, held, now)
  await tx.draft.deleteMany({ where: { memberId, place: place.key } })
  if (asked.draft) await tx.draft.deleteMany({ where: { tokenHash: tokenHash(asked.draft) } })
  return slug
}

/**
 * Tells a community's hosts by mail what they can do something about: that a question waits for their check, and that one
 * waits where no mentor is. The first that waits, and one a day: they look at the others then.
 */
async function tellHosts(tx: Db, title: string, { community }: AskingPlace, slug: string, held: boolean, now: Date): Promise<void> {
  if (!held && community.mentorCount > 0) return
  const earlier = held
    ? { heldAt: { not: null }, returnedAt: null }
    : { askedAt: { gt: new Date(now.getTime() - WAITS_FOR) }, hiddenAt: null }
  const others = await tx.question.count({ where: { communityId: community.id, slug: { not: slug }, ...earlier }, take: 1 })
  if (others) return
  const what = held
    ? `It waits for your check: nobody but you, other hosts and who asked it sees it in ${community.name}.`
    : `No mentor is in ${community.name} yet: it waits for the first one you invite.`
  const link = env().SITE_URL + (held ? paths.checking(community.slug) : paths.question(slug))
  const hosts = await tx.communityRole.findMany({
    where: { communityId: community.id, role: 'host', member: { account: { isNot: null } } },
    select: { member: { select: { name: true, account: { select: { email: true } } } } },
    take: 20,
  })
  for (const { member } of hosts) {
    if (member.account) await enqueueMail(tx, { kind: 'host', to: member.account.email, props: { name: member.name, title, what, link } })
  }
}

/** Keeps what a visitor wrote; answers the word by which it is found again. */
async function keepWaiting(asked: Asked, { key: place }: AskingPlace, now: Date): Promise<string> {
  const { title, details, topic, showName, key } = asked
  const row = { place, title, details: details ?? '', topic, showName: showName === 'on', askKey: key ?? uuidv7(), savedAt: now }
  if (asked.draft) {
    const { count } = await db().draft.updateMany({ where: { tokenHash: tokenHash(asked.draft), memberId: null }, data: row })
    if (count) return asked.draft
  }
  const token = newToken()
  await db().draft.create({ data: { id: uuidv7(), tokenHash: tokenHash(token), ...row } })
  return token
}

const TEN_MINUTES = 600_000

/** What a form that was sent twice has in common where no script gave it a key: these ten minutes, or the ten before. */
function keysOf(memberId: string, place: string, title: string, now: Date): string[] {
  const period = Math.floor(now.getTime() / TEN_MINUTES)
  return [period, period - 1].map((at) => Buffer.from(keyedHash('asked twice', [memberId, place, title, String(at)])).toString('base64url'))
}
