import type { PerchDocument } from '#domain/import/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'

// Content of the browser tests' own, for those who only read: Glass Work, and a community in which nothing has begun.
// Who changes something makes rows of their own.

export const quiet = 'paper-folding'

export const glass = {
  community: 'glass-work',
  topic: 'glass-furnaces',
  mara: 'mara-lind-of-glass',
  company: 'kiln-and-daughters',
  pastAma: 'mara-lind-on-furnaces',
  liveAma: 'otto-brand-on-furnaces-live',
  nextAma: 'mara-lind-on-furnaces-again',
  /** More questions than a page of it shows. */
  longAma: 'otto-brand-on-furnaces-at-length',
  question: 'how-do-you-know-that-a-furnace-is-ready',
  unanswered: 'who-should-be-allowed-to-open-the-furnace',
} as const

/** Past AMA: its first answer is long, and these sentences begin and end it. */
export const longAnswer = { begins: 'Listen before you look.', ends: 'Only then do I let anybody gather.' }
export const shortAnswer = 'Never on a Friday.'

/** Questions of Glass Work outside AMAs, all answered by Mara: lists of three pages. */
const LISTED = 45
const LONG_AMA = 27

/** A page of every kind, by what it is. */
export const pageKinds = {
  'the first page': paths.home(),
  'all communities': paths.communities(),
  'a community': paths.community(glass.community),
  'a community in which nothing has begun': paths.community(quiet),
  'the AMAs of a community': paths.communityAmas(glass.community),
  'the mentors of a community': paths.communityMentors(glass.community),
  'the questions of a community': paths.communityQuestions(glass.community),
  'the questions of a topic, by who waits': afterHref(paths.topicQuestions(glass.topic), undefined, 'unanswered'),
  'all AMAs': paths.amas(),
  'what is wanted': paths.wantedList(),
  'what is wanted in a community in which nothing has begun': paths.wantedList(quiet),
  'a past AMA': paths.ama(glass.pastAma),
  'a live AMA': paths.ama(glass.liveAma),
  'an AMA to come': paths.ama(glass.nextAma),
  'an answered question': paths.question(glass.question),
  'a question that waits': paths.question(glass.unanswered),
  'a mentor': paths.mentor(glass.mara),
  'a topic': paths.topic(glass.topic),
  'a company': paths.company(glass.company),
  'what a search found': paths.search('furnace'),
  'a search for one kind of thing': paths.search('batch stirred', 'answers'),
  'a search that found nothing': paths.search('zeppelin'),
} as const

export const missingPage = paths.question('nobody-has-ever-asked-this')

export function glassDocument(now: Date): PerchDocument {
  return {
    format: 'perch/1',
    communities: [
      { slug: glass.community, name: 'Glass Work' },
      { slug: quiet, name: 'Paper Folding' },
    ],
    topics: [{ slug: glass.topic, name: 'Furnaces', community: glass.community, synonyms: ['kilns'] }],
    people: [
      {
        handle: glass.mara,
        name: 'Mara Lind',
        company: 'Kiln and Daughters',
        title: 'Furnace Lead',
        mentor: true,
        communities: [glass.community],
        bio: 'Fires, mends and drains furnaces.',
        roles: [
          { company: 'Kiln and Daughters', title: 'Furnace Lead', from: '2019-03' },
          { company: 'The Old Bottle Works', title: 'Gatherer', from: '2011', to: '2019-02' },
        ],
      },
      { handle: 'otto-brand-of-glass', name: 'Otto Brand', title: 'Glassblower', mentor: true, communities: [glass.community] },
      { handle: 'ida-moon-of-glass', name: 'Ida Moon' },
    ],
    amas: [
      ama(glass.pastAma, [glass.mara], '2024-05-07T10:00:00', 'America/Los_Angeles', pastQuestions),
      ama(glass.liveAma, ['otto-brand-of-glass'], local(now, -10), 'UTC', openQuestions('now', now)),
      ama(glass.nextAma, [glass.mara, 'otto-brand-of-glass'], local(now, 3 * 24 * 60), 'Asia/Kolkata', openQuestions('next week', now)),
      ama(glass.longAma, ['otto-brand-of-glass'], '2025-02-04T18:00:00', 'Europe/Berlin', manyQuestions),
    ],
    questions: Array.from({ length: LISTED }, (_, i) => ({
      title: `What went wrong with batch number ${i + 1}, and what did it teach you?`,
      community: glass.community,
      topic: glass.topic,
      askedAt: day('2025-03-01', i),
      requests: 1 + (i % 7),
      answers: [
        {
          by: glass.mara,
          answeredAt: day('2025-03-03', i),
          body: `Batch ${i + 1} was stirred too late.`,
          views: 10 * (LISTED - i),
          company: 'Kiln and Daughters',
          title: 'Furnace Lead',
        },
      ],
    })),
  }
}

const pastQuestions = [
  {
    title: 'How do you know that a furnace is ready?',
    details: 'Ours has a dial that nobody believes.\n\nWe are **three** people.',
    requests: 4,
    askedBy: 'ida-moon-of-glass',
    showName: true,
    answers: [
      {
        by: glass.mara,
        answeredAt: '2024-05-07T10:20:00-07:00',
        views: 10_924,
        body: [
          longAnswer.begins,
          ...Array.from(
            { length: 9 },
            (_, i) => `Sign ${i + 1}: the sound, the colour and the smell have stopped changing, and have done so for an hour.`,
          ),
          '## What I write down\n\n| hour | colour |\n| --- | --- |\n| first | cherry |\n| sixth | straw |\n\n> A dial is an opinion.\n\n```\nheat = colour + patience\n```\n\n1. Wait.\n2. Wait again, with `patience`.\n3. Read [the old table](https://tables.example/colours).',
          longAnswer.ends,
        ].join('\n\n'),
      },
      { by: 'otto-brand-of-glass', answeredAt: '2024-06-01T12:00:00Z', body: 'I ask Mara.', views: 12 },
    ],
  },
  {
    title: 'When should one not start a furnace?',
    requests: 1,
    answers: [{ by: glass.mara, answeredAt: '2024-05-07T10:30:00-07:00', views: 31, body: shortAnswer }],
  },
  { title: 'Who should be allowed to open the furnace?', requests: 2 },
]

function openQuestions(when: string, now: Date) {
  const titles = [
    `What would you do if the power failed ${when}?`,
    `How long would a crucible last, begun ${when}?`,
    `Which tools would you make ${when}?`,
    `What would you buy ${when}?`,
  ]
  return titles.map((title, i) => ({
    title,
    requests: titles.length - i,
    askedAt: new Date(now.getTime() - (3 - i / 10) * 24 * 60 * 60 * 1000).toISOString(),
  }))
}

const manyQuestions = Array.from({ length: LONG_AMA }, (_, i) => ({
  title: `What did the furnace of year ${i + 1} look like inside?`,
  requests: 1,
  answers: [{ by: 'otto-brand-of-glass', answeredAt: day('2025-02-04', i), body: `In year ${i + 1} it was smaller.`, views: 1 + i }],
}))

function ama(
  slug: string,
  mentors: string[],
  startsAt: string,
  timeZone: string,
  questions: NonNullable<NonNullable<PerchDocument['amas']>[number]['questions']>,
) {
  return { slug, mentors, topic: glass.topic, startsAt, timeZone, durationMinutes: 60, introduction: 'About heat, and *time*.', questions }
}

/** The clock of UTC so many minutes from now. */
function local(now: Date, minutes: number): string {
  return new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19)
}

function day(first: string, days: number): string {
  return new Date(Date.parse(`${first}T18:30:00Z`) + days * 24 * 60 * 60 * 1000).toISOString()
}
