import type { CalendarAma } from '#domain/ama/queries.ts'
import { amaTitle } from '#domain/ama/rules.ts'
import type { CalendarEvent } from '#lib/calendar.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

/** An AMA as calendars show it. */
export function calendarEvent(ama: CalendarAma): CalendarEvent {
  const url = env().SITE_URL + paths.ama(ama.slug)
  return {
    // Not of the site's address, which may change.
    uid: ama.id,
    revision: ama.revision,
    changedAt: ama.changedAt,
    startsAt: ama.startsAt,
    endsAt: ama.endsAt,
    title: amaTitle(ama.mentors, ama.topic.name),
    description: [ama.introduction, url].filter(Boolean).join('\n\n'),
    url,
    cancelled: ama.cancelledAt !== null,
  }
}
