import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { nameCompany } from '#domain/company/commands.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import { forgetProofsOfRole, issueProof, spendProof, tryCode } from '#domain/mail-proof/commands.ts'
import { findWorkMail } from '#domain/mail-proof/queries.ts'
import { keepPresentRole, makeMentor } from '#domain/member/commands.ts'
import { announce } from '#domain/notice/commands.ts'
import {
  type AcceptRole,
  type AddRole,
  type ChangeRole,
  type CheckByLink,
  type CheckByMail,
  canDecide,
  domainOf,
  isDomainOf,
  MOST_ROLES,
  type ProveWorkMail,
  type RefuseRole,
  type RemoveRole,
  type SaidRole,
  whyNoWorkMail,
  wrongIn,
} from '#domain/role/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure, Refusal } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

const WRONG = 'Please look again at what is marked.'
const NOT_YOURS = 'There is no such role of yours.'
const UNCHECKED = { checkedAt: null, checkedHow: null, checkedAs: null }

/** A member says which role they hold or held. It is shown of mentors, and as checked only once it is. */
export async function addRole(viewer: Viewer, said: z.output<typeof AddRole>, { now }: Visit): Promise<Outcome> {
  ensureMay(viewer)
  ensureRight(said, now)
  const { memberId } = viewer
  const id = uuidv7()
  await db().$transaction(async (tx) => {
    // Of two at once each counts the other.
    await tx.$queryRaw`SELECT FROM "Member" WHERE id = ${memberId}::uuid FOR NO KEY UPDATE`
    ensure((await tx.role.count({ where: { memberId } })) < MOST_ROLES, 'conflict', `At most ${MOST_ROLES} roles. Remove one first.`)
    const { company, title, from, to } = said
    const role = { claimedCompany: company, title, startedOn: from, endedOn: to }
    await tx.role.create({ data: { id, memberId, ...role, claimedAt: now } })
  })
  return { to: paths.role(id, { community: said.community, done: 'added' }) }
}

/**
 * Ends or corrects a role. With another company or title, or held again after its end, it is another role: it is not checked,
 * and what waits to be looked at is taken back. Answers keep the role that was held then.
 */
export async function changeRole(viewer: Viewer, { role: id, ...said }: z.output<typeof ChangeRole>, { now }: Visit): Promise<Outcome> {
  ensureMay(viewer)
  ensureRight(said, now)
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    const { company, title, from, to } = said
    const role = await tx.role.findFirst({ where: { id, memberId }, include: { company: { select: { name: true } } } })
    ensure(role !== null, 'not_found', NOT_YOURS)
    const isHeldAgain = role.endedOn !== null && !to
    const isAnother = isHeldAgain || (role.company?.name ?? role.claimedCompany) !== company || role.title !== title
    // Whoever decides about it locks these before the role.
    if (isAnother) await takeBack(tx, id)
    const another = { companyId: null, claimedCompany: company, title, ...UNCHECKED, claimedAt: now }
    await tx.role.update({ where: { id }, data: { startedOn: from, endedOn: to, ...(isAnother && another) } })
    const counts = !isAnother && (role.checkedAt !== null || role.claimedAt === null)
    if (counts && !to) await keepPresentRole(tx, memberId)
    else await keepShown(tx, memberId, role)
  })
  return { to: paths.role(id, { done: 'saved' }) }
}

/** Takes a role from the history. */
export async function removeRole(viewer: Viewer, { role: id }: z.output<typeof RemoveRole>): Promise<Outcome> {
  ensureMay(viewer)
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    const role = await tx.role.findFirst({ where: { id, memberId } })
    ensure(role !== null, 'not_found', NOT_YOURS)
    await takeBack(tx, id)
    await tx.role.deleteMany({ where: { id } })
    await keepShown(tx, memberId, role)
  })
  return { to: paths.roles({ done: 'removed' }) }
}

/** Sends a code to a work address. Only its domain is kept once it is proved. */
export async function checkByMail(
  viewer: Viewer,
  { role, community, email }: z.output<typeof CheckByMail>,
  { now }: Visit,
): Promise<Outcome> {
  ensureMay(viewer)
  const why = whyNoWorkMail(domainOf(email))
  ensure(why === null, 'invalid', WRONG, { fields: { email: why ?? '' } })
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    await findUnchecked(tx, { id: role, memberId, communityId: community })
    await forgetProofsOfRole(tx, role)
    const { code } = await issueProof(tx, { purpose: 'work-mail', email, memberId, roleId: role, communityId: community }, now)
    await enqueueMail(tx, { kind: 'work-mail', to: email, props: { code } })
  })
  return { to: paths.role(role, { done: 'sent' }) }
}

/** Takes the code. Where the domain does not say the company, a keeper of the community looks at it; else the role is checked. */
export async function proveWorkMail(viewer: Viewer, { role: id, code }: z.output<typeof ProveWorkMail>, visit: Visit): Promise<Outcome> {
  const { now } = visit
  ensureMay(viewer)
  const { memberId } = viewer
  const sent = await findWorkMail(memberId, id, now)
  ensure(sent !== null, 'invalid', 'No code is waiting for you. Have a new one sent.')
  const proof = await tryCode(sent.id, code, now, 'work-mail')
  const isChecked = await db().$transaction(async (tx) => {
    const { email, communityId } = await spendProof(tx, proof, 'work-mail', now)
    ensure(communityId !== null, 'not_found', 'There is no such community.')
    await forgetProofsOfRole(tx, id)
    const { company } = await findUnchecked(tx, { id, memberId, communityId })
    const domain = domainOf(email)
    if (isDomainOf(domain, company)) {
      const made = await markChecked(tx, { id, how: 'mail', as: domain, communityId }, now)
      if (made) await noteEvent(tx, { act: 'give-role', by: memberId, of: memberId, communityId, detail: 'mentor' }, visit)
      return true
    }
    await apply(tx, { memberId, roleId: id, communityId, how: 'mail', proof: domain }, now)
    return false
  })
  return { to: isChecked ? paths.roles({ done: 'checked' }) : paths.role(id, { done: 'waits' }) }
}

/** Asks the keepers of a community to look at a page that says so. */
export async function checkByLink(
  viewer: Viewer,
  { role, community, link }: z.output<typeof CheckByLink>,
  { now }: Visit,
): Promise<Outcome> {
  ensureMay(viewer)
  const { memberId } = viewer
  await db().$transaction(async (tx) => {
    await findUnchecked(tx, { id: role, memberId, communityId: community })
    await forgetProofsOfRole(tx, role)
    await apply(tx, { memberId, roleId: role, communityId: community, how: 'link', proof: link }, now)
  })
  return { to: paths.role(role, { done: 'waits' }) }
}

/** The role counts as checked, and who holds it is a mentor of the community. */
export async function acceptRole(viewer: Viewer, { application }: z.output<typeof AcceptRole>, visit: Visit): Promise<Outcome> {
  return decide(viewer, application, null, visit)
}

/** The role is not checked; the member is told why, and may try again. */
export async function refuseRole(viewer: Viewer, { application, reason }: z.output<typeof RefuseRole>, visit: Visit): Promise<Outcome> {
  return decide(viewer, application, reason, visit)
}

/**
 * Gives a member a role that whoever invited them knows them to hold; one that is there already is checked by it. Answers
 * whether that made them a mentor.
 */
export async function vouchFor(
  tx: Db,
  { memberId, communityId, ...role }: { memberId: string; communityId: string; company: string | null; title: string | null },
  now: Date,
): Promise<boolean> {
  const companyId = role.company && (await nameCompany(tx, role.company, now))
  const held = { memberId, title: role.title, endedOn: null }
  const claimed = role.company ? [{ claimedCompany: { equals: role.company, mode: 'insensitive' as const } }] : []
  const there = { ...held, OR: [{ companyId, claimedCompany: null }, ...claimed] }
  const known = await tx.role.findFirst({ where: there, orderBy: { id: 'asc' }, select: { id: true } })
  if (known) await takeBack(tx, known.id)
  // Its holder may have made another of it meanwhile: it is locked as what was found, or there is none.
  const { count } = known ? await tx.role.updateMany({ where: { ...there, id: known.id }, data: { endedOn: null } }) : { count: 0 }
  const id = known && count ? known.id : uuidv7()
  if (!count) await tx.role.create({ data: { id, ...held, companyId, claimedAt: now } })
  return markChecked(tx, { id, how: 'invitation', as: null, communityId }, now)
}

/** Deletes the roles of a member, and forgets what they decided about those of others. */
export async function forgetHistoryOf(tx: Db, memberId: string): Promise<void> {
  await tx.application.deleteMany({ where: { memberId } })
  await tx.application.updateMany({ where: { decidedById: memberId }, data: { decidedById: null } })
  await tx.role.deleteMany({ where: { memberId } })
}

function ensureMay(viewer: Viewer): asserts viewer is NonNullable<Viewer> {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  ensure(viewer.suspendedUntil === null, 'forbidden', 'Your account is suspended: until it is over, your roles stay as they are.')
}

function ensureRight(said: SaidRole, now: Date): void {
  const fields = wrongIn(said, now)
  if (fields) throw new Refusal('invalid', WRONG, { fields })
}

/** What was to be looked at of a role is not any more. */
async function takeBack(tx: Db, roleId: string): Promise<void> {
  await tx.application.deleteMany({ where: { roleId, decidedAt: null } })
  await forgetProofsOfRole(tx, roleId)
}

/** Where it was the role under the name, the next one is; a role that stands in an imported profile alone stays there. */
async function keepShown(tx: Db, memberId: string, before: { companyId: string | null; title: string | null }): Promise<void> {
  const { companyId, title } = before
  if (await tx.member.count({ where: { id: memberId, companyId, title } })) await keepPresentRole(tx, memberId)
}

/** Locks a role of the member that is to be checked, and nothing of it waits; answers its company's name. */
async function findUnchecked(
  tx: Db,
  { id, memberId, communityId }: { id: string; memberId: string; communityId: string },
): Promise<{ company: string | null }> {
  const [role] = await tx.$queryRaw<{ company: string | null; checked: boolean; waits: boolean }[]>`
    SELECT coalesce((SELECT name FROM "Company" c WHERE c.id = r."companyId"), "claimedCompany") AS company, "checkedAt" IS NOT NULL AS checked,
      EXISTS (SELECT FROM "Application" a WHERE a."roleId" = r.id AND a."decidedAt" IS NULL) AS waits
    FROM "Role" r WHERE id = ${id}::uuid AND "memberId" = ${memberId}::uuid FOR UPDATE`
  ensure(role !== undefined, 'not_found', NOT_YOURS)
  ensure(!role.checked, 'conflict', 'This role is checked already.')
  ensure(!role.waits, 'conflict', 'This role waits to be looked at already.')
  ensure((await tx.community.count({ where: { id: communityId } })) === 1, 'not_found', 'There is no such community.')
  return role
}

type Applied = { memberId: string; roleId: string; communityId: string; how: 'mail' | 'link'; proof: string }

async function apply(tx: Db, applied: Applied, now: Date): Promise<void> {
  const id = uuidv7()
  await tx.application.create({ data: { id, ...applied, appliedAt: now } })
  await announce(tx, { event: 'role-to-check', applicationId: id }, applied.memberId)
}

/** Accepts it, or refuses it for a reason. Of two who decide at once one does. */
async function decide(viewer: Viewer, id: string, refusedFor: string | null, visit: Visit): Promise<Outcome> {
  const { now } = visit
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const NOT_THERE = 'This role does not wait any more.'
  const slug = await db().$transaction(async (tx) => {
    const found = await tx.application.findUnique({ where: { id }, include: { community: { select: { slug: true } } } })
    ensure(found !== null && canDecide(viewer, found), 'not_found', NOT_THERE)
    const { communityId, memberId, roleId, how, proof } = found
    const decided = { decidedAt: now, decidedById: viewer.memberId, refusedFor }
    const { count } = await tx.application.updateMany({ where: { id, decidedAt: null }, data: decided })
    ensure(count === 1, 'not_found', NOT_THERE)
    if (!refusedFor) {
      const as = how === 'link' ? new URL(proof).hostname.replace(/^www\./, '') : proof
      const made = await markChecked(tx, { id: roleId, how, as, communityId }, now)
      if (made) await noteEvent(tx, { act: 'give-role', by: viewer.memberId, of: memberId, communityId, detail: 'mentor' }, visit)
    }
    const event = refusedFor ? ({ event: 'role-refused', reason: refusedFor } as const) : ({ event: 'role-checked' } as const)
    await announce(tx, { ...event, applicationId: id }, viewer.memberId)
    return found.community.slug
  })
  return { to: paths.applications(slug, refusedFor ? 'refused' : 'accepted') }
}

type Check = { id: string; how: string; as: string | null; communityId: string }

/** Answers whether that made its holder a mentor of the community. */
async function markChecked(tx: Db, { id, how, as, communityId }: Check, now: Date): Promise<boolean> {
  const checked = { checkedAt: now, checkedHow: how, checkedAs: as }
  const { claimedCompany } = await tx.role.findUniqueOrThrow({ where: { id }, select: { claimedCompany: true } })
  const named = claimedCompany && { companyId: await nameCompany(tx, claimedCompany, now), claimedCompany: null }
  const { memberId, endedOn } = await tx.role.update({ where: { id }, data: { ...checked, ...named } })
  const made = await makeMentor(tx, memberId, communityId, now)
  if (!endedOn) await keepPresentRole(tx, memberId)
  return made
}
