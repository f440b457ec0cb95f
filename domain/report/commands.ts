import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { suspendAccount } from '#domain/account/commands.ts'
import { hideAnswer, restoreAnswer } from '#domain/answer/commands.ts'
import { hideProfile, restoreProfile } from '#domain/member/commands.ts'
import { noteAct } from '#domain/moderation-event/commands.ts'
import { reasonText, type Thing } from '#domain/moderation-event/rules.ts'
import { announceEach, tell } from '#domain/notice/commands.ts'
import { morningZones } from '#domain/notice/queries.ts'
import { hideQuestion, restoreQuestion } from '#domain/question/commands.ts'
import {
  findAuthor,
  findModerated,
  findShown,
  hasLookedUp,
  listModeratorsToTell,
  listReportsOf,
  reportOf,
  type ThingView,
} from '#domain/report/queries.ts'
import {
  canLookUp,
  canReport,
  canSuspend,
  canSuspendUntil,
  type Hide,
  isSuspensionDay,
  type Keep,
  LONGEST_SUSPENSION,
  type LookUp,
  type Restore,
  type SendReport,
  type Suspend,
} from '#domain/report/rules.ts'
import { hideWanted, restoreWanted } from '#domain/wanted/commands.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Tells the moderators of something. Twice is the same as once, until they have decided. */
export async function sendReport(viewer: Viewer, given: z.output<typeof SendReport>, { now }: Visit): Promise<Outcome> {
  const { thing, id, reason, words } = given
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const found = await findShown(thing, id)
  ensure(found !== null, 'not_found', 'It is not here any more.')
  ensure(canReport(viewer, found), 'forbidden', 'You cannot report this: it is your own, or your account is suspended.')
  const communityId = thing === 'profile' ? null : (found.communityIds[0] ?? null)
  const report = { id: uuidv7(), reportedById: viewer.memberId, ...reportOf(thing, id), communityId, reason, words, reportedAt: now }
  await db().report.createMany({ data: [report], skipDuplicates: true })
  return { to: paths.report(thing, id) }
}

/**
 * Tells moderators and admins in their morning how many reports wait for them, where one came after they were last told. Done
 * again, whoever was told on that day is not told again.
 */
export async function tellModerators(now: Date): Promise<void> {
  const waiting = await listModeratorsToTell(await morningZones(now), now)
  const news = waiting.filter((row) => row.news)
  await announceEach(
    db(),
    news.map(({ id, reports, day }) => ({ event: 'reports-wait', memberId: id, count: reports, day })),
  )
}

/** Takes a thing from all public pages and closes its reports. The author is told why. */
export async function hide(viewer: Viewer, given: z.output<typeof Hide>, { now }: Visit): Promise<Outcome> {
  const { thing, id, reason, words } = given
  return decide(viewer, given, async (tx, moderator, found) => {
    ensure(await hiders[thing].hide(tx, id, moderator.memberId, now), 'conflict', 'It is hidden already.')
    await closeReports(tx, found, moderator, now)
    await noteAct(tx, { actorId: moderator.memberId, act: 'hide', ...named(moderator, found), reason }, now)
    await tellAuthor(tx, found, { event: 'hide', reason, words }, now)
  })
}

/** Shows a thing again. The author is told why. */
export async function restore(viewer: Viewer, given: z.output<typeof Restore>, { now }: Visit): Promise<Outcome> {
  const { thing, id, reason, words } = given
  return decide(viewer, given, async (tx, moderator, found) => {
    ensure(await hiders[thing].restore(tx, id), 'conflict', 'It is not hidden.')
    await noteAct(tx, { actorId: moderator.memberId, act: 'restore', ...named(moderator, found), reason }, now)
    await tellAuthor(tx, found, { event: 'restore', reason, words }, now)
  })
}

/** Leaves a thing as it is and closes its reports. */
export async function keep(viewer: Viewer, given: z.output<typeof Keep>, { now }: Visit): Promise<Outcome> {
  return decide(viewer, given, async (tx, moderator, found) => {
    ensure((await closeReports(tx, found, moderator, now)) > 0, 'conflict', 'Its reports are decided already.')
    await noteAct(tx, { actorId: moderator.memberId, act: 'keep', ...named(moderator, found), reason: 'in-order' }, now)
  })
}

/** Tells the moderator who asked while a report of it is open, and writes down that it was looked up. */
export async function lookUp(viewer: Viewer, given: z.output<typeof LookUp>, { now }: Visit): Promise<Outcome> {
  return decide(viewer, given, async (tx, moderator, found) => {
    const reports = await listReportsOf(found.thing, found.id, moderator.memberId, tx)
    const [first] = reports
    ensure(
      first !== undefined && canLookUp(found, reports),
      'conflict',
      'Who asked is looked up only while a report by somebody else is open.',
    )
    if (await hasLookedUp(moderator, found.id, reports, tx)) return
    await noteAct(tx, { actorId: moderator.memberId, act: 'look-up', ...named(moderator, found), reason: first.reason }, now)
  })
}

/** Keeps the author of a thing out until a day is over, from this moment on. */
export async function suspend(viewer: Viewer, given: z.output<typeof Suspend>, { now }: Visit): Promise<Outcome> {
  const { until, reason, words } = given
  const wrong = `A day from today on, at most ${LONGEST_SUSPENSION} days from now.`
  ensure(isSuspensionDay(until, now), 'invalid', 'Please look again at what is marked.', { fields: { until: wrong } })
  return decide(viewer, given, async (tx, moderator, found) => {
    // Two who suspend at one moment do it one after the other, and the second sees what the first has chosen.
    await tx.$queryRaw`SELECT 1 AS held FROM "Account" WHERE "memberId" = ${found.authorId}::uuid FOR UPDATE`
    const author = await findAuthor(found, now, tx)
    ensure(author !== null && canSuspend(moderator, found, author), 'forbidden', 'Whoever wrote this cannot be suspended.')
    const longer = 'Whoever wrote this is suspended for longer already. Only admins choose an earlier day.'
    ensure(canSuspendUntil(moderator, until, author), 'forbidden', longer, { fields: { until: 'Not before the day that stands.' } })
    await suspendAccount(tx, author.id, until, [`${reasonText(reason)}.`, words].filter(Boolean).join(' '))
    // Every moderator reads the event: where nobody sees who asked it does not lead there either.
    const of = { ...named(moderator, found), ...(found.named && ({ thing: 'profile', thingId: author.id } as const)) }
    await noteAct(tx, { actorId: moderator.memberId, act: 'suspend', ...of, reason }, now)
    await tell(tx, { memberId: author.id, event: 'suspend', reason, words, until }, now)
  })
}

/** Deletes what a member reported, and what others reported of the member's profile. */
export async function forgetReportsOf(tx: Db, memberId: string): Promise<void> {
  await tx.report.deleteMany({ where: { OR: [{ reportedById: memberId }, { profileOfId: memberId }] } })
}

type Moderator = NonNullable<Viewer>

/** One transaction for whom it is to decide; for all others there is no such thing. */
async function decide(
  viewer: Viewer,
  { thing, id }: { thing: Thing; id: string },
  act: (tx: Db, moderator: Moderator, found: ThingView) => Promise<void>,
): Promise<Outcome> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  return db().$transaction(async (tx) => {
    const found = await findModerated(viewer, thing, id, tx)
    ensure(found !== null, 'not_found', 'There is nothing here that you could decide.')
    await act(tx, viewer, found)
    return { to: paths.moderated(thing, id) }
  })
}

type Hider = { hide: (tx: Db, id: string, by: string, now: Date) => Promise<boolean>; restore: (tx: Db, id: string) => Promise<boolean> }

const hiders: Record<Thing, Hider> = {
  question: { hide: hideQuestion, restore: restoreQuestion },
  answer: { hide: hideAnswer, restore: restoreAnswer },
  profile: { hide: hideProfile, restore: restoreProfile },
  wanted: { hide: hideWanted, restore: restoreWanted },
}

async function closeReports(tx: Db, { thing, id }: ThingView, { memberId }: Moderator, now: Date): Promise<number> {
  const { count } = await tx.report.updateMany({
    where: { ...reportOf(thing, id), closedAt: null },
    data: { closedAt: now, closedById: memberId },
  })
  return count
}

/** The community in which it is decided: of several that a person belongs to, one that the moderator has. */
function named({ moderates }: Moderator, { thing, id, communityIds }: ThingView) {
  const communityId = communityIds.find((community) => moderates.includes(community)) ?? communityIds[0] ?? null
  return { thing, thingId: id, communityId }
}

type Told = { event: 'hide' | 'restore'; reason: string; words: string | undefined }

async function tellAuthor(tx: Db, { thing, id, authorId }: ThingView, told: Told, now: Date): Promise<void> {
  if (!authorId) return
  // A profile is the person's own: nothing more needs to be said.
  const about = thing === 'profile' ? {} : reportOf(thing, id)
  await tell(tx, { memberId: authorId, ...about, ...told }, now)
}
