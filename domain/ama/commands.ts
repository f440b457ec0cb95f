import type { Db } from '#lib/db.ts'

/** Takes a mentor who is leaving from AMAs: the role held then from all, and what nobody else would hold is cancelled. */
export async function leaveAmas(tx: Db, memberId: string, now: Date): Promise<void> {
  await tx.amaMentor.updateMany({ where: { memberId }, data: { companyId: null, title: null } })
  await tx.ama.updateMany({ where: { cancelledById: memberId }, data: { cancelledById: null } })
  await tx.ama.updateMany({
    where: {
      endsAt: { gt: now },
      cancelledAt: null,
      mentors: { some: { memberId }, every: { OR: [{ memberId }, { member: { deletedAt: { not: null } } }] } },
    },
    data: { cancelledAt: now },
  })
}
