import { isShownAma } from '#domain/ama/queries.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'

/** Of these AMAs, those of which the viewer is to be reminded. */
export async function listOwnReminders({ memberId }: NonNullable<Viewer>, ids: string[]): Promise<{ pressed: string[]; own: string[] }> {
  const rows = await db().amaReminder.findMany({ where: { memberId, amaId: { in: ids } }, select: { amaId: true } })
  return { pressed: rows.map(({ amaId }) => amaId), own: [] }
}

/** Whether the viewer is to be reminded of this AMA; null where there is none. */
export async function getOwnReminder({ memberId }: NonNullable<Viewer>, slug: string) {
  const ama = await db().ama.findUnique({
    where: { slug, ...isShownAma },
    select: {
      startsAt: true,
      timeZone: true,
      cancelledAt: true,
      topic: { select: { name: true } },
      mentors: {
        select: { title: true, company: { select: { name: true } }, member: { select: { name: true } } },
        orderBy: { position: 'asc' },
      },
      reminders: { where: { memberId }, select: { setAt: true } },
    },
  })
  if (!ama) return null
  const mentors = ama.mentors.map(({ title, company, member }) => ({ name: member.name, company: company?.name ?? null, title }))
  return { ...ama, mentors, reminding: ama.reminders.length > 0 }
}
