import { v7 as uuidv7 } from 'uuid'
import { handlesFor } from '#domain/member/rules.ts'
import type { Db } from '#lib/db.ts'

/** Makes a member a mentor of the community, and a mentor at all. */
export async function makeMentor(tx: Db, memberId: string, communityId: string, now: Date): Promise<void> {
  await tx.member.updateMany({ where: { id: memberId, mentorSince: null }, data: { mentorSince: now } })
  await tx.communityMentor.createMany({ data: [{ memberId, communityId }], skipDuplicates: true })
}

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
