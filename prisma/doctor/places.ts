import { type Check, statements } from '#prisma/doctor/check.ts'

const things = [
  ['Community', 'slug'],
  ['Topic', 'slug'],
  ['Company', 'slug'],
  ['Member', 'handle'],
  ['Ama', 'slug'],
  ['Question', 'slug'],
] as const

const moved = (condition: (table: string, slug: string) => string) =>
  things.map(([table, slug]) => `(s.kind = '${table}' AND ${condition(table, slug)})`).join(' OR ')

const toNothing = moved((table) => `NOT EXISTS (SELECT FROM "${table}" t WHERE t.id = s."targetId")`)
const taken = moved((table, slug) => `EXISTS (SELECT FROM "${table}" t WHERE t.${slug} = s.slug)`)

const wrongTopic = `FROM "Question" q JOIN "Topic" t ON t.id = q."topicId" WHERE t."communityId" <> q."communityId"`

// The holders are gone, and nobody else can cancel it for them.
const heldByNobody = `
  FROM "Ama" a WHERE a."cancelledAt" IS NULL AND a."endsAt" > now() AND EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = a.id)
    AND NOT EXISTS (SELECT FROM "AmaMentor" am JOIN "Member" m ON m.id = am."memberId" WHERE am."amaId" = a.id AND m."deletedAt" IS NULL)`

const leftInOpen = `
  FROM "Question" q JOIN "Ama" a ON a.id = q."amaId" WHERE q."closedAt" IS NOT NULL AND a."closedAt" IS NULL`

/** Addresses, and what stands where. */
export const placeChecks: Check[] = [
  statements(
    'An earlier address leads to nothing',
    `SELECT s.kind || ' ' || s.slug FROM "MovedSlug" s WHERE ${toNothing}`,
    `DELETE FROM "MovedSlug" s WHERE ${toNothing}`,
  ),
  statements(
    'An earlier address is that of another now',
    `SELECT s.kind || ' ' || s.slug FROM "MovedSlug" s WHERE ${taken}`,
    `DELETE FROM "MovedSlug" s WHERE ${taken}`,
  ),
  statements(
    'A question has a topic of another community',
    `SELECT q.slug ${wrongTopic}`,
    `UPDATE "Question" SET "topicId" = NULL WHERE id IN (SELECT q.id ${wrongTopic})`,
  ),
  statements(
    'An AMA has a topic of another community',
    `SELECT a.slug FROM "Ama" a JOIN "Topic" t ON t.id = a."topicId" WHERE t."communityId" <> a."communityId"`,
  ),
  statements(
    'A question is in an AMA of another community',
    `SELECT q.slug FROM "Question" q JOIN "Ama" a ON a.id = q."amaId" WHERE a."communityId" <> q."communityId"`,
  ),
  statements(
    'A question is not answered here, in an AMA that is not closed',
    `SELECT q.slug ${leftInOpen}`,
    `UPDATE "Question" SET "closedAt" = NULL WHERE id IN (SELECT q.id ${leftInOpen})`,
  ),
  statements(
    'An AMA has no mentor',
    `SELECT slug FROM "Ama" a WHERE "publishedAt" IS NOT NULL AND NOT EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = a.id)`,
  ),
  statements(
    'An AMA is coming whose mentors are gone',
    `SELECT a.slug ${heldByNobody}`,
    `UPDATE "Ama" SET "cancelledAt" = now() WHERE id IN (SELECT a.id ${heldByNobody})`,
  ),
]
