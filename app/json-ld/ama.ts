import type { Event, ItemList, WithContext } from 'schema-dts'
import { type AmaMentorThen, amaPhase, amaTitle } from '#domain/ama/rules.ts'
import { textOf } from '#lib/clip.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { offsetTime } from '#lib/zone.ts'

type AmaShown = {
  slug: string
  startsAt: Date
  endsAt: Date
  timeZone: string
  cancelledAt: Date | null
  introductionHtml: string | null
  topic: { name: string }
  mentors: (AmaMentorThen & { handle: string | null })[]
}

/** An AMA to come or live is an event that one can go to, a past one the list of its questions, in the page's order. */
export function amaJsonLd(
  ama: AmaShown,
  questions: { slug: string; title: string }[],
  now: Date,
  siteName: string,
): WithContext<Event> | WithContext<ItemList> | null {
  if (amaPhase(ama, now) !== 'past') return eventJsonLd(ama, siteName)
  return ama.cancelledAt || !questions.length ? null : questionsJsonLd(ama, questions)
}

function eventJsonLd(ama: AmaShown, siteName: string): WithContext<Event> {
  const url = env().SITE_URL + paths.ama(ama.slug)
  const title = amaTitle(ama.mentors, ama.topic.name)
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: title,
    description: ama.introductionHtml ? textOf(ama.introductionHtml) : title,
    url,
    image: env().SITE_URL + paths.picture('amas', ama.slug),
    startDate: offsetTime(ama.startsAt, ama.timeZone),
    endDate: offsetTime(ama.endsAt, ama.timeZone),
    eventStatus: ama.cancelledAt ? 'https://schema.org/EventCancelled' : 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
    location: { '@type': 'VirtualLocation', url },
    isAccessibleForFree: true,
    organizer: { '@type': 'Organization', name: siteName, url: env().SITE_URL + paths.home() },
    performer: ama.mentors.map(({ name, handle }) => ({
      '@type': 'Person',
      name,
      ...(handle && { url: env().SITE_URL + paths.mentor(handle) }),
    })),
  }
}

function questionsJsonLd(ama: AmaShown, questions: { slug: string; title: string }[]): WithContext<ItemList> {
  return {
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    name: amaTitle(ama.mentors, ama.topic.name),
    url: env().SITE_URL + paths.ama(ama.slug),
    itemListElement: questions.map(({ slug, title }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name: title,
      url: env().SITE_URL + paths.question(slug),
    })),
  }
}
