import { getCalendarAma } from '#domain/ama/queries.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { CALENDAR_TYPE, calendarDocument } from '#lib/calendar.ts'
import { paths } from '#lib/paths.ts'
import { calendarEvent } from '../../../calendar-event.ts'

export const dynamic = 'force-dynamic'

/** An AMA to be put into a calendar. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params
  const ama = await getCalendarAma(slug)
  if (ama) {
    const event = calendarEvent(ama)
    return new Response(calendarDocument(event.title, [event]), { headers: { 'content-type': CALENDAR_TYPE } })
  }
  const moved = await currentSlug('Ama', slug)
  if (moved) return new Response(null, { status: 308, headers: { location: paths.amaCalendar(moved) } })
  return new Response('There is no such AMA.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
