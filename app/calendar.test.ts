import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { startOf } from '#domain/ama/rules.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { offsetTime } from '#lib/zone.ts'
import { makeAma, makeCommunity, makeMentor, makeTopic } from '#testing/factories.ts'
import { GET as amaCalendar } from './amas/[slug]/calendar.ics/route.ts'
import { GET as communityCalendar } from './communities/[slug]/calendar.ics/route.ts'

const now = new Date('2026-11-23T12:00:00Z')

// Before and after each change of the clocks; Kolkata has none, Lord Howe's is half an hour.
const zones = {
  'America/Los_Angeles': ['2027-03-13', '2027-03-14', '2027-03-15', '2027-11-06', '2027-11-07', '2027-11-08'],
  'Asia/Kolkata': ['2027-03-13', '2027-03-14', '2027-03-15', '2027-11-06', '2027-11-07', '2027-11-08'],
  'Australia/Sydney': ['2027-04-03', '2027-04-04', '2027-04-05', '2027-10-02', '2027-10-03', '2027-10-04'],
  'Australia/Lord_Howe': ['2027-04-03', '2027-04-04', '2027-04-05', '2027-10-02', '2027-10-03', '2027-10-04'],
} as const

const OFFSETS: Record<keyof typeof zones, string[]> = {
  'America/Los_Angeles': ['-08:00', '-07:00', '-07:00', '-07:00', '-08:00', '-08:00'],
  'Asia/Kolkata': Array.from({ length: 6 }, () => '+05:30'),
  'Australia/Sydney': ['+11:00', '+10:00', '+10:00', '+10:00', '+11:00', '+11:00'],
  'Australia/Lord_Howe': ['+11:00', '+10:30', '+10:30', '+10:30', '+11:00', '+11:00'],
}

const days = Object.entries(zones).flatMap(([zone, dates]) =>
  dates.map((date, i) => [zone, date, `${date}T10:00:00${OFFSETS[zone as keyof typeof zones][i]}`] as const),
)

test.each(days)('in %s on %s ten o’clock is ten o’clock in the calendar, %s', async (zone, date, expected) => {
  const { ama } = await anAma(startOf({ date, time: '10:00', zone }, now), zone)
  const [event] = eventsIn(await fileOf(ama.slug))
  // What an independent parser reads, as a clock there shows it.
  expect(offsetTime(event?.startDate.toJSDate() ?? now, zone)).toBe(expected)
  expect(event?.endDate.toJSDate()).toEqual(ama.endsAt)
})

test('whatever time a host may type in whatever zone, a calendar has that instant', () => {
  const times = fc.record({
    zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    date: fc
      .date({ min: new Date('2026-12-01'), max: new Date('2028-11-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
    time: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':')),
  })
  fc.assert(
    fc.property(times, (typed) => {
      const startsAt = startOrNull(typed)
      // The clock jumps over it or shows it twice, and the host is told.
      if (startsAt === null) return
      expect(offsetTime(startsAt, typed.zone).slice(0, 16)).toBe(`${typed.date}T${typed.time}`)
      expect(ICAL.Time.fromJSDate(startsAt, true).toJSDate()).toEqual(startsAt)
    }),
    { numRuns: 500 },
  )
})

test('an AMA that moves keeps its name in calendars and counts up; cancelled it goes', async () => {
  const { ama } = await anAma(new Date('2027-01-12T18:00:00Z'))
  const first = await fileOf(ama.slug)
  expect(await fileOf(ama.slug)).toBe(first)
  const startsAt = new Date('2027-01-13T18:00:00Z')
  await db().ama.update({ where: { id: ama.id }, data: { startsAt, endsAt: new Date('2027-01-13T19:00:00Z') } })
  const second = await fileOf(ama.slug)
  await db().ama.update({ where: { id: ama.id }, data: { cancelledAt: now } })
  const third = await fileOf(ama.slug)
  const said = [first, second, third].map((file) => {
    const [event] = eventsIn(file)
    const calendar = new ICAL.Component(ICAL.parse(file))
    return [event?.uid, event?.sequence, event?.component.getFirstPropertyValue('status'), calendar.getFirstPropertyValue('method')]
  })
  expect(said).toEqual([
    [ama.id, 0, 'CONFIRMED', 'PUBLISH'],
    [ama.id, 1, 'CONFIRMED', 'PUBLISH'],
    [ama.id, 2, 'CANCELLED', 'CANCEL'],
  ])
  expect(eventsIn(second)[0]?.startDate.toJSDate()).toEqual(startsAt)
})

test('the file reminds a quarter of an hour before, says who and where, and breaks on no character', async () => {
  const words = `Semicolons; commas, back\\slashes\nand new lines: ${'🔥'.repeat(60)}`
  const { ama } = await anAma(new Date('2027-01-12T18:00:00Z'), 'UTC', { introduction: words, introductionHtml: '<p></p>' })
  const file = await fileOf(ama.slug)
  const [event] = eventsIn(file)
  expect(event?.summary).toBe('AMA: Lead; Fires, Ada Osei on Kilns, old; new')
  expect(event?.description).toBe(`${words}\n\n${env().SITE_URL}/amas/${ama.slug}`)
  expect(event?.component.getFirstPropertyValue('url')).toBe(`${env().SITE_URL}/amas/${ama.slug}`)
  const alarm = event?.component.getFirstSubcomponent('valarm')
  expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY')
  expect(`${alarm?.getFirstPropertyValue('trigger')}`).toBe('-PT15M')
  // RFC 5545, 3.1: lines of 75 octets at most, each ended by CRLF.
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('the calendar of a community has what is coming and what was cancelled, and says where it comes from', async () => {
  const { ama, community, topic, mentor } = await anAma(new Date(Date.now() + 86_400_000))
  const gone = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(Date.now() + 2 * 86_400_000), {
    cancelledAt: now,
  })
  await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date('2022-05-31T10:00:00Z'))
  const answer = await communityCalendar(new Request('https://perch.example/'), { params: Promise.resolve({ slug: community.slug }) })
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const file = await answer.text()
  expect(eventsIn(file).map(({ uid, component }) => [uid, component.getFirstPropertyValue('status')])).toEqual([
    [ama.id, 'CONFIRMED'],
    [gone.id, 'CANCELLED'],
  ])
  const calendar = new ICAL.Component(ICAL.parse(file))
  expect(calendar.getFirstPropertyValue('source')).toBe(`${env().SITE_URL}/communities/${community.slug}/calendar.ics`)
  expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe(`${community.name} AMAs`)
})

test('what is not there has no calendar', async () => {
  for (const route of [amaCalendar, communityCalendar]) {
    expect((await route(new Request('https://perch.example/'), { params: Promise.resolve({ slug: 'of-nobody' }) })).status).toBe(404)
  }
})

function startOrNull(typed: { date: string; time: string; zone: string }): Date | null {
  try {
    return startOf(typed, now)
  } catch {
    return null
  }
}

async function anAma(startsAt: Date, timeZone = 'UTC', given: Partial<Parameters<typeof makeAma>[3]> = {}) {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id, { name: 'Kilns, old; new' })
  const mentor = { ...(await makeMentor()), companyId: null, title: 'Lead; Fires' }
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], startsAt, { timeZone, ...given })
  return { community, topic, mentor, ama }
}

async function fileOf(slug: string): Promise<string> {
  const answer = await amaCalendar(new Request('https://perch.example/'), { params: Promise.resolve({ slug }) })
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  return answer.text()
}

function eventsIn(file: string): InstanceType<typeof ICAL.Event>[] {
  return new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
}
