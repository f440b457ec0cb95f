import { describe, expect, test, vi } from 'vitest'
import { amaJsonLd } from './ama.ts'
import { mentorJsonLd } from './mentor.ts'
import { questionJsonLd } from './question.ts'
import { breadcrumbsJsonLd, siteJsonLd } from './site.ts'

vi.mock('#lib/env.ts', () => ({ env: () => ({ SITE_URL: 'https://perch.example' }) }))

const ada = { handle: 'ada-osei', name: 'Ada Osei', company: 'Northwind', title: 'Head of Platform' }

describe('a question page', () => {
  const question = {
    slug: 'what-belongs',
    title: 'What belongs in the platform?',
    detailsHtml: '<p>We have <em>three</em> teams &#x26; one</p>',
    askedAt: new Date('2026-03-01T10:00:00Z'),
    answerCount: 3,
    requestCount: 4,
    askedBy: null,
  }
  const answer = {
    id: '019a0000-0000-7000-8000-000000000002',
    html: '<p>Wait for <b>the third</b>.</p>',
    answeredAt: new Date('2026-03-02T10:00:00Z'),
    editedAt: null,
    ...ada,
  }

  test('is a QAPage with each answer, its author and its own address', () => {
    expect(questionJsonLd(question, [answer])).toEqual({
      '@context': 'https://schema.org',
      '@type': 'QAPage',
      mainEntity: {
        '@type': 'Question',
        name: 'What belongs in the platform?',
        text: 'We have three teams & one',
        url: 'https://perch.example/questions/what-belongs',
        datePublished: '2026-03-01T10:00:00.000Z',
        answerCount: 3,
        upvoteCount: 4,
        suggestedAnswer: [
          {
            '@type': 'Answer',
            text: 'Wait for the third.',
            url: 'https://perch.example/questions/what-belongs#answer-019a0000-0000-7000-8000-000000000002',
            datePublished: '2026-03-02T10:00:00.000Z',
            author: { '@type': 'Person', name: 'Ada Osei', url: 'https://perch.example/mentors/ada-osei' },
          },
        ],
      },
    })
  })

  test('names the asker only who shows the name', () => {
    expect(questionJsonLd({ ...question, askedBy: 'Sam' }, [answer])?.mainEntity).toMatchObject({
      author: { '@type': 'Person', name: 'Sam' },
    })
    expect(questionJsonLd(question, [answer])?.mainEntity).not.toHaveProperty('author')
  })

  test('is no QAPage without an answer', () => {
    expect(questionJsonLd({ ...question, answerCount: 0 }, [])).toBeNull()
  })

  test('without details says its title as the text', () => {
    expect(questionJsonLd({ ...question, detailsHtml: null }, [answer])?.mainEntity).toMatchObject({ text: question.title })
  })
})

describe('an AMA page', () => {
  const ama = {
    slug: 'ada-on-platforms',
    startsAt: new Date('2026-05-31T17:00:00Z'),
    endsAt: new Date('2026-05-31T18:00:00Z'),
    timeZone: 'America/Los_Angeles',
    cancelledAt: null,
    introductionHtml: null,
    topic: { name: 'Platforms' },
    mentors: [ada],
  }
  const questions = [
    { slug: 'first', title: 'The first?' },
    { slug: 'second', title: 'The second?' },
  ]
  const before = new Date('2026-05-01T00:00:00Z')
  const after = new Date('2026-06-01T00:00:00Z')

  test('before its end is an event online, in the time of its zone', () => {
    expect(amaJsonLd(ama, questions, before, 'Nest')).toMatchObject({
      '@type': 'Event',
      name: 'AMA: Northwind Head of Platform, Ada Osei on Platforms',
      startDate: '2026-05-31T10:00:00-07:00',
      endDate: '2026-05-31T11:00:00-07:00',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      location: { '@type': 'VirtualLocation', url: 'https://perch.example/amas/ada-on-platforms' },
      organizer: { name: 'Nest' },
      performer: [{ '@type': 'Person', name: 'Ada Osei', url: 'https://perch.example/mentors/ada-osei' }],
    })
  })

  test('that was cancelled says so', () => {
    expect(amaJsonLd({ ...ama, cancelledAt: before }, questions, before, 'Nest')).toMatchObject({
      eventStatus: 'https://schema.org/EventCancelled',
    })
    expect(amaJsonLd({ ...ama, cancelledAt: before }, questions, after, 'Nest')).toBeNull()
  })

  test('once it is past is the list of its questions', () => {
    expect(amaJsonLd(ama, questions, after, 'Nest')).toMatchObject({
      '@type': 'ItemList',
      itemListElement: [
        { '@type': 'ListItem', position: 1, name: 'The first?', url: 'https://perch.example/questions/first' },
        { '@type': 'ListItem', position: 2, name: 'The second?', url: 'https://perch.example/questions/second' },
      ],
    })
    expect(amaJsonLd(ama, [], after, 'Nest')).toBeNull()
  })
})

test('a mentor is a person with the role held now, and says nothing that is not known', () => {
  const mentor = {
    handle: 'ada-osei',
    name: 'Ada Osei',
    bio: null,
    title: 'Head of Platform',
    company: { name: 'Northwind' },
    answerCount: 12,
  }
  expect(mentorJsonLd(mentor)).toMatchObject({
    '@type': 'ProfilePage',
    mainEntity: {
      '@type': 'Person',
      name: 'Ada Osei',
      jobTitle: 'Head of Platform',
      worksFor: { name: 'Northwind' },
      agentInteractionStatistic: { userInteractionCount: 12 },
    },
  })
  expect(mentorJsonLd({ ...mentor, title: null, company: null, answerCount: 0 }).mainEntity).toEqual({
    '@type': 'Person',
    name: 'Ada Osei',
    alternateName: 'ada-osei',
    url: 'https://perch.example/mentors/ada-osei',
  })
})

test('breadcrumbs lead from the home page to the page itself', () => {
  const crumbs = breadcrumbsJsonLd([{ name: 'Product', href: '/communities/product' }], {
    name: 'What belongs?',
    href: '/questions/what-belongs',
  })
  expect(crumbs.itemListElement).toEqual([
    { '@type': 'ListItem', position: 1, name: 'Home', item: 'https://perch.example/' },
    { '@type': 'ListItem', position: 2, name: 'Product', item: 'https://perch.example/communities/product' },
    { '@type': 'ListItem', position: 3, name: 'What belongs?', item: 'https://perch.example/questions/what-belongs' },
  ])
})

test('the home page names the site', () => {
  expect(siteJsonLd('Nest', 'What it is.')).toMatchObject({
    '@type': 'WebSite',
    name: 'Nest',
    url: 'https://perch.example/',
    description: 'What it is.',
  })
})
