import { v7 as uuidv7 } from 'uuid'
import { handlesFor } from '#domain/member/rules.ts'
import type { Db } from '#lib/db.ts'

/** A new member. The handle is made from the name; it is nobody's and never was another's. */
export async function makeMember(tx: Db, name: string, now: Date): Promise<{ id: string; handle: string }> {
  for (;;) {
    const handles = handlesFor(name)
    // In the order given.
    const [free] = await tx.$queryRaw<{ handle: string }[]>`
      SELECT handle FROM unnest(${handles}::text[]) WITH ORDINALITY AS wished (handle, place)
      WHERE NOT EXISTS (SELECT FROM "Member" m WHERE m.handle = wished.handle)
        AND NOT EXISTS (SELECT FROM "MovedSlug" s WHERE s.kind = 'Member' AND s.slug = wished.handle)
      ORDER BY place LIMIT 1`
    if (!free) continue
    const id = uuidv7()
    // Somebody of the same name may be joining at the same time: then this one looks again.
    const { count } = await tx.member.createMany({ data: [{ id, handle: free.handle, name, createdAt: now }], skipDuplicates: true })
    if (count) return { id, handle: free.handle }
  }
}

/**
 * Says that a member's role was checked, and in which community the member is a mentor, if in one. Answers whether that
 * changed anything.
 */
export async function makeMentor(tx: Db, memberId: string, communityId: string | null, now: Date): Promise<boolean> {
  const made = await tx.member.updateMany({ where: { id: memberId, mentorSince: null }, data: { mentorSince: now } })
  const joined = communityId
    ? await tx.communityMentor.createMany({ data: [{ communityId, memberId }], skipDuplicates: true })
    : { count: 0 }
  return made.count + joined.count > 0
}

/**
 * Takes a mentor out of a community, or (null) makes the mentor a member like others. Whoever has answered or held an AMA
 * there stays a mentor: the answer leads to its author. Answers whether that changed anything.
 */
export async function unmakeMentor(tx: Db, memberId: string, communityId: string | null): Promise<boolean> {
  if (communityId) {
    const here = { ama: { communityId } }
    const idle = { memberId, communityId, answerCount: 0, member: { amas: { none: here } } }
    return (await tx.communityMentor.deleteMany({ where: idle })).count > 0
  }
  const idle = { id: memberId, mentorSince: { not: null }, answerCount: 0, amas: { none: {} } }
  const { count } = await tx.member.updateMany({ where: idle, data: { mentorSince: null } })
  if (count) await tx.communityMentor.deleteMany({ where: { memberId } })
  return count > 0
}
