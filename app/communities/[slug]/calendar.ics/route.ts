import { listCalendarAmas } from '#domain/ama/queries.ts'
import { getCommunity } from '#domain/community/queries.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { CALENDAR_TYPE, calendarDocument } from '#lib/calendar.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { calendarEvent } from '../../../calendar-event.ts'

export const dynamic = 'force-dynamic'

/** The AMAs of a community, to be followed by a calendar. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params
  const community = await getCommunity(slug)
  if (community) {
    const amas = await listCalendarAmas(community.id, new Date())
    const document = calendarDocument(`${community.name} AMAs`, amas.map(calendarEvent), env().SITE_URL + paths.communityCalendar(slug))
    return new Response(document, { headers: { 'content-type': CALENDAR_TYPE } })
  }
  const moved = await currentSlug('Community', slug)
  if (moved) return new Response(null, { status: 308, headers: { location: paths.communityCalendar(moved) } })
  return new Response('There is no such community.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
