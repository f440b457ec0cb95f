import fc from 'fast-check'
import type { PerchDocument } from '#domain/import/rules.ts'

// perch/1 documents as fast-check draws them: small, with few names, so that much is said twice and refers to each other.

const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 })
const words = fc.array(fc.constantFrom('why', 'Tests', '🐳', 'ñandú', '<b>', '"quoted"', '你们', 'a\\b', '*much*'), {
  minLength: 1,
  maxLength: 6,
})
const line = words.map((parts) => parts.join(' '))
const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n\n'))
const title = line.map((words) => `What about ${words}?`)
const company = fc.constantFrom('Whale', 'Mill', 'Bank & Sons')
const job = fc.constantFrom('Head of Tests', 'Tester', 'Teller')
const month = fc.constantFrom('2015', '2019-04', '2022-03')
const instant = fc.date({ min: new Date('2018-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }).map((date) => date.toISOString())
const count = fc.constantFrom(0, 1, 2, 40, 10_924)

const role = fc
  .record({ company: optional(company), title: optional(job), from: optional(month), to: optional(month) })
  .filter(({ company, title, from, to }) => Boolean(company ?? title) && !(from && to && from.slice(0, 4) > to.slice(0, 4)))

const communities = ['north', 'south'].map((slug) => ({ slug, name: `The ${slug}` }))
const topics = communities.flatMap(({ slug }) =>
  [`${slug}-tests`, `${slug}-money`].map((topic) => ({ slug: topic, name: topic, community: slug })),
)
const handles = ['ada', 'ben', 'cleo', 'dina', 'emil']
const handle = fc.constantFrom(...handles)

const person = (handle: string) =>
  fc.record({
    handle: fc.constant(handle),
    name: fc.constantFrom('Ada Ash', 'Žofie 🐳', "O'Neil"),
    company: optional(company),
    title: optional(job),
    mentor: optional(fc.boolean()),
    communities: optional(fc.uniqueArray(fc.constantFrom('north', 'south'))),
    roles: optional(fc.array(role, { maxLength: 4 })),
    bio: optional(text),
    links: optional(fc.uniqueArray(fc.constantFrom('https://ada.example/', 'http://mill.example/?a=1&b=2'))),
    disclosure: optional(fc.constant('Owns shares of Mill.')),
    timeZone: optional(fc.constantFrom('UTC', 'Europe/Berlin')),
  })

const answer = fc.record({
  key: optional(fc.constantFrom('a', 'b')),
  by: handle,
  answeredAt: instant,
  body: text,
  views: optional(count),
  company: optional(fc.oneof(company, fc.constant(null))),
  title: optional(job),
})

const question = {
  key: optional(fc.constantFrom('one', 'two')),
  title,
  details: optional(text),
  askedBy: optional(handle),
  showName: optional(fc.boolean()),
  askedAt: optional(instant),
  requests: optional(count),
  clarifications: optional(fc.array(fc.record({ addedAt: instant, body: text }), { maxLength: 3 })),
  answers: optional(fc.uniqueArray(answer, { selector: ({ key, by }) => key ?? by, maxLength: 4 })),
}
/** What an import tells two questions of one place apart by. */
const identity = ({ key, title }: { key?: string; title: string }) => (key ? `key ${key}` : title)

const WORDS = [
  { word: 'TPM', means: 'PM-T' },
  { word: 'R&D', means: 'research <and> development' },
  { word: 'ship', means: 'give to whoever asked for it' },
]

const ama = (slug: string) =>
  fc
    .record({
      slug: fc.constant(slug),
      mentors: fc.uniqueArray(
        fc.oneof(handle, fc.record({ handle, company: optional(fc.oneof(company, fc.constant(null))), title: optional(job) })),
        { selector: (holder) => (typeof holder === 'string' ? holder : holder.handle), minLength: 1, maxLength: 5 },
      ),
      topic: fc.constantFrom(...topics.map(({ slug }) => slug)),
      startsAt: fc.constantFrom('2019-05-31T10:00:00', '2022-03-01T00:30:00', '2026-07-04T18:15:00'),
      timeZone: fc.constantFrom('America/Los_Angeles', 'UTC', 'Asia/Kolkata'),
      durationMinutes: fc.constantFrom(5, 60, 1440),
      introduction: optional(text),
      words: optional(fc.subarray([...WORDS], { minLength: 1 })),
      cancelledAt: optional(instant),
      closedAt: optional(instant),
      closingNote: optional(text),
      questions: optional(fc.uniqueArray(fc.record({ ...question, closedAt: optional(instant) }), { selector: identity, maxLength: 4 })),
    })
    .map(({ closingNote, ...of }) => (of.closedAt ? { ...of, closingNote } : of))

const place = fc.constantFrom(...topics, { slug: undefined, community: 'north' })
const openQuestion = fc
  .tuple(fc.record({ ...question, askedTo: optional(handle) }), place)
  .map(([asked, { slug, community }]) => ({ ...asked, community, topic: slug }))

export const anyDocument: fc.Arbitrary<PerchDocument> = fc.record({
  format: fc.constant('perch/1' as const),
  communities: fc.constant(communities),
  topics: fc.constant(topics.map((topic, i) => ({ ...topic, synonyms: i % 2 ? ['trials', 'checks'] : undefined }))),
  people: fc.tuple(...handles.map(person)),
  amas: fc.uniqueArray(fc.constantFrom('spring', 'summer', 'autumn'), { maxLength: 3 }).chain((slugs) => fc.tuple(...slugs.map(ama))),
  questions: fc.uniqueArray(openQuestion, { selector: (asked) => `${asked.community} ${identity(asked)}`, maxLength: 6 }),
})

const someAnswer = `SELECT * FROM "Answer" ORDER BY id LIMIT 1`
const someQuestion = `SELECT * FROM "Question" ORDER BY id DESC LIMIT 1`

/** What may have happened to a site since an import, as statements; UUID stands for a new one each time. */
export const someYears = [
  `UPDATE "Question" SET "showName" = NOT "showName"`,
  `UPDATE "Question" SET title = 'The title of all questions'`,
  `UPDATE "Question" SET slug = 'moved-' || slug WHERE id = (SELECT id FROM (${someQuestion}) q)`,
  `INSERT INTO "AnswerRequest" ("questionId", "memberId") SELECT q.id, m.id FROM "Question" q, "Member" m WHERE handle IN ('ada', 'ben') ON CONFLICT DO NOTHING`,
  `DELETE FROM "AnswerRequest"`,
  `UPDATE "Answer" SET "viewCount" = "viewCount" + 3`,
  `UPDATE "Answer" SET "companyId" = NULL, title = NULL WHERE id = (SELECT id FROM (${someAnswer}) a)`,
  `INSERT INTO "Answer" (id, "questionId", "mentorId", body, html, excerpt, "answeredAt")
   SELECT 'UUID', "questionId", "mentorId", 'Once more.', '', '', "answeredAt" FROM (${someAnswer}) a`,
  `INSERT INTO "Question" (id, slug, "communityId", "topicId", title, "askedAt", "askedById", "showName")
   SELECT 'UUID', 'UUID', "communityId", "topicId", title, "askedAt", "askedById", true FROM (${someQuestion}) q WHERE "amaId" IS NULL`,
  `DELETE FROM "Question" WHERE number = 2 AND "answerCount" = 0`,
  `UPDATE "Member" SET "companyId" = NULL, title = NULL WHERE handle = 'ada'`,
  `UPDATE "Member" SET title = 'Something new' WHERE handle = 'ben'`,
  `INSERT INTO "Role" (id, "memberId", title, "startedOn") SELECT 'UUID', id, 'Tester', '2020' FROM "Member" WHERE handle = 'ada'`,
  `INSERT INTO "Role" (id, "memberId", title, "startedOn") SELECT 'UUID', id, 'Tester', '2020' FROM "Member" WHERE handle = 'ada'`,
  `UPDATE "Member" SET handle = 'benedict' WHERE handle = 'ben'`,
  `UPDATE "Member" SET "mentorSince" = NULL WHERE handle = 'cleo'`,
  `UPDATE "Ama" SET "cancelledAt" = '2025-01-01' WHERE slug = 'summer'`,
  `UPDATE "Ama" SET "closedAt" = '2025-02-01', "closingNote" = 'Come again.', "closingNoteHtml" = '<p>Come again.</p>' WHERE slug = 'autumn'`,
]
