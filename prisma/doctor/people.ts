import { shownAnswer } from '#domain/answer/queries.ts'
import { ABOUT_MEMBERS, NOBODY } from '#domain/audit-event/rules.ts'
import { type Check, statements } from '#prisma/doctor/check.ts'

const activeMentors = `
  FROM "Member" m WHERE m."mentorSince" IS NULL AND m."deletedAt" IS NULL AND (
    EXISTS (SELECT FROM "Answer" a WHERE a."mentorId" = m.id) OR EXISTS (SELECT FROM "AmaMentor" am WHERE am."memberId" = m.id))`

const unlisted = `
  FROM (
    SELECT a."mentorId" AS member, q."communityId" AS community FROM "Answer" a JOIN "Question" q ON q.id = a."questionId" WHERE ${shownAnswer.sql}
    UNION SELECT am."memberId", a."communityId" FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId"
  ) did JOIN "Member" m ON m.id = did.member JOIN "Community" c ON c.id = did.community
  WHERE m."deletedAt" IS NULL AND NOT EXISTS (
    SELECT FROM "CommunityMentor" cm WHERE cm."communityId" = did.community AND cm."memberId" = did.member)`

const isGone = (column: string) => `${column} IN (SELECT id FROM "Member" WHERE "deletedAt" IS NOT NULL)`

const leadsNowhere = (column: string) =>
  `(${column} <> '${NOBODY}' AND NOT EXISTS (SELECT FROM "Account" a WHERE a."memberId" = ${column}))`

const ofMember = `act IN (${ABOUT_MEMBERS.map((act) => `'${act}'`).join()})`

/** Mentors, and members who are gone. */
export const peopleChecks: Check[] = [
  statements(
    'Somebody answers or holds an AMA and is no mentor',
    `SELECT m.handle ${activeMentors}`,
    `UPDATE "Member" SET "mentorSince" = least(now(), (SELECT min("answeredAt") FROM "Answer" WHERE "mentorId" = "Member".id),
       (SELECT min(a."startsAt") FROM "AmaMentor" am JOIN "Ama" a ON a.id = am."amaId" WHERE am."memberId" = "Member".id))
     WHERE id IN (SELECT m.id ${activeMentors})`,
  ),
  statements(
    'A list of mentors has somebody who is no mentor',
    `SELECT m.handle || ' in ' || c.slug FROM "CommunityMentor" cm JOIN "Member" m ON m.id = cm."memberId"
     JOIN "Community" c ON c.id = cm."communityId" WHERE m."mentorSince" IS NULL`,
    `DELETE FROM "CommunityMentor" WHERE "memberId" IN (SELECT id FROM "Member" WHERE "mentorSince" IS NULL)`,
  ),
  statements(
    'A list of mentors lacks somebody who answered or held an AMA there',
    `SELECT m.handle || ' in ' || c.slug ${unlisted}`,
    `INSERT INTO "CommunityMentor" ("communityId", "memberId") SELECT did.community, did.member ${unlisted} ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
  ),
  statements(
    'Something personal is left of somebody who is gone',
    `SELECT DISTINCT m.handle FROM "Member" m JOIN (
       SELECT "memberId" FROM "AnswerRequest" UNION ALL SELECT "memberId" FROM "Role" UNION ALL SELECT "memberId" FROM "CommunityRole"
       UNION ALL SELECT "memberId" FROM "Session" UNION ALL SELECT "memberId" FROM "Account" UNION ALL SELECT "memberId" FROM "MailProof"
       UNION ALL SELECT "memberId" FROM "PendingSignIn" UNION ALL SELECT "memberId" FROM "Notice"
       UNION ALL SELECT "memberId" FROM "NoticeChoice" UNION ALL SELECT "reportedById" FROM "Report"
       UNION ALL SELECT "memberId" FROM "Follow" UNION ALL SELECT "memberId" FROM "AnswerMark"
       UNION ALL SELECT "memberId" FROM "Draft" UNION ALL SELECT "memberId" FROM "Clarification"
       UNION ALL SELECT "askedById" FROM "Question" UNION ALL SELECT "askedToId" FROM "Question"
     ) left_over ON left_over."memberId" = m.id WHERE m."deletedAt" IS NOT NULL`,
    ...[
      'AnswerRequest',
      'Role',
      'CommunityRole',
      'Session',
      'Account',
      'MailProof',
      'PendingSignIn',
      'Notice',
      'NoticeChoice',
      'Follow',
      'AnswerMark',
      'Draft',
    ].map((table) => `DELETE FROM "${table}" WHERE ${isGone('"memberId"')}`),
    `DELETE FROM "Report" WHERE ${isGone('"reportedById"')}`,
    `UPDATE "Question" SET "askedById" = NULL, "showName" = false WHERE ${isGone('"askedById"')}`,
    `UPDATE "Clarification" SET "memberId" = NULL WHERE ${isGone('"memberId"')}`,
    `UPDATE "Question" SET "askedToId" = NULL WHERE ${isGone('"askedToId"')}`,
  ),
  statements(
    'The log leads to somebody who has no account any more',
    `SELECT id::text FROM "AuditEvent" WHERE ${leadsNowhere('"byId"')} OR ${ofMember} AND ${leadsNowhere('"ofId"')}`,
    `UPDATE "AuditEvent" SET "byId" = '${NOBODY}', address = NULL WHERE ${leadsNowhere('"byId"')}`,
    `UPDATE "AuditEvent" SET "ofId" = '${NOBODY}' WHERE ${ofMember} AND ${leadsNowhere('"ofId"')}`,
  ),
  statements(
    'A question shows the name of nobody',
    `SELECT slug FROM "Question" WHERE "showName" AND "askedById" IS NULL`,
    `UPDATE "Question" SET "showName" = false WHERE "showName" AND "askedById" IS NULL`,
  ),
]
