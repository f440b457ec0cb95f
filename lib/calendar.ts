import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'

export type CalendarEvent = {
  /** The same for ever; how often it has changed, and when it last did. */
  uid: string
  revision: number
  changedAt: Date
  startsAt: Date
  endsAt: Date
  title: string
  description: string
  url: string
  cancelled: boolean
}

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8'

/** Seconds before the start at which a calendar reminds. */
const ALARM = 15 * 60

/** Seconds after which a program that follows a calendar looks again. */
const LOOK_AGAIN = 60 * 60

/**
 * An iCalendar document (RFC 5545) of AMAs. Times are instants in UTC, so that no program's own idea of a zone, nor one that is
 * old, moves them (docs/decisions/034). `source` is the address of a calendar to be followed; one without is a file of one
 * event, whose cancelling takes it out of the calendar that it was put into.
 */
export function calendarDocument(name: string, events: CalendarEvent[], source?: string): string {
  const gone = !source && events.every(({ cancelled }) => cancelled)
  const calendar = ical({
    name: source && name,
    prodId: { company: 'Perch', product: 'AMAs', language: 'EN' },
    method: gone ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    ...(source && { source, ttl: LOOK_AGAIN }),
  })
  for (const { uid, revision, changedAt, startsAt, endsAt, title, description, url, cancelled } of events) {
    calendar.createEvent({
      id: uid,
      sequence: revision,
      stamp: changedAt,
      lastModified: changedAt,
      start: startsAt,
      end: endsAt,
      summary: title,
      description,
      url,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      alarms: cancelled ? [] : [{ type: ICalAlarmType.display, triggerBefore: ALARM, description: title }],
    })
  }
  return `${calendar.toString()}\r\n`
}
