import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDocument } from '#domain/import/commands.ts'
import { PORTRAIT_SIZES } from '#domain/member/rules.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { portraitFile } from '#lib/paths.ts'
import { findDrift, repairDrift } from '#prisma/derived.ts'
import { checksOf, examine, type Finding } from '#prisma/doctor/examine.ts'
import { makeViewer } from '#testing/factories.ts'

const uploads = mkdtempSync(join(tmpdir(), 'perch-uploads-'))
process.env.UPLOADS_DIR = uploads
afterAll(() => rmSync(uploads, { recursive: true }))

/** Two towns; Ada held an AMA in the first and answered there, Ben answered too and is gone, Cleo asked and has a picture. */
beforeAll(async () => {
  const answered = { answeredAt: '2025-05-01T10:00:00Z', body: 'What *hurts*.' }
  const document = Buffer.from(
    JSON.stringify({
      format: 'perch/1',
      communities: ['first', 'second'].map((slug) => ({ slug, name: slug })),
      topics: ['first', 'second'].map((slug) => ({ slug: `${slug}-tests`, name: 'Tests', community: slug })),
      people: [
        { handle: 'ada', name: 'Ada Ash', title: 'Tester', mentor: true, bio: 'Breaks things.' },
        { handle: 'deleted-019a0000-0000-7000-8000-000000000001', name: '[deleted]' },
        { handle: 'cleo', name: 'Cleo Clay' },
      ],
      amas: [
        {
          ...{ slug: 'past', mentors: ['ada'], topic: 'first-tests', startsAt: '2025-05-01T10:00:00', timeZone: 'Europe/Berlin' },
          ...{ durationMinutes: 60, introduction: 'Ask **me**.' },
          questions: [{ title: 'What do you test first?', details: 'We have *none*.', answers: [{ by: 'ada', ...answered }] }],
        },
        {
          ...{ slug: 'coming', mentors: ['ada'], topic: 'first-tests', startsAt: '2099-05-01T10:00:00', timeZone: 'UTC' },
          durationMinutes: 60,
        },
      ],
      questions: [
        {
          ...{ title: 'Who tests the tests?', community: 'first', topic: 'first-tests', askedBy: 'cleo', showName: true },
          answers: [{ by: 'deleted-019a0000-0000-7000-8000-000000000001', ...answered }],
        },
        { title: 'Does anybody test here?', community: 'second' },
      ],
    }),
  )
  async function* open() {
    yield document
  }
  await importDocument({ open, bytes: document.length }, new Date())
  for (const handle of ['ada', 'cleo']) {
    const portraitId = uuid()
    await db().member.update({ where: { handle }, data: { portraitId } })
    for (const size of PORTRAIT_SIZES) writeFileSync(join(uploads, portraitFile(portraitId, size)), 'a picture')
  }
})

const gone = `(SELECT id FROM "Member" WHERE "deletedAt" IS NOT NULL)`
const member = (handle: string) => `(SELECT id FROM "Member" WHERE handle = '${handle}')`
const question = (slug: string) => `(SELECT id FROM "Question" WHERE slug = '${slug}')`
const adasAnswer = `(SELECT id FROM "Answer" WHERE "mentorId" = ${member('ada')})`
const job = (name: string, set: string) =>
  `SELECT graphile_worker.add_job('${name}'); UPDATE graphile_worker._private_jobs SET ${set}, created_at = now() - interval '1 day'`
/** A statement without our triggers, which would keep right what it makes wrong. */
const untriggered = (table: string, sql: string) =>
  `ALTER TABLE "${table}" DISABLE TRIGGER USER; ${sql}; ALTER TABLE "${table}" ENABLE TRIGGER USER`
const without = (table: string, constraint: string, sql: string) => `
  DO $$ DECLARE said text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '${constraint}'); BEGIN
    ALTER TABLE "${table}" DROP CONSTRAINT "${constraint}"; ${sql};
    EXECUTE 'ALTER TABLE "${table}" ADD CONSTRAINT "${constraint}" ' || said || ' NOT VALID';
  END $$`

const topicKey = (table: string) => `${table}_topicId_communityId_fkey`
const validated = (table: string, constraint: string) => `ALTER TABLE "${table}" VALIDATE CONSTRAINT "${constraint}"`

/** What goes wrong, the check that says so, and what of it is named. What no repair can know is put right by hand. */
const faults: [says: string, plant: string, sample: string, byHand?: string][] = [
  ['What is counted is', `UPDATE "Question" SET "requestCount" = 7 WHERE slug = 'who-tests-the-tests'`, 'Question (1)'],
  [
    'What is counted is',
    untriggered('Question', `UPDATE "Question" SET "leadExcerpt" = 'x' WHERE slug = 'what-do-you-test-first'`),
    'Question (1)',
  ],
  [
    'What is counted is',
    untriggered('Question', `UPDATE "Question" SET "leadAnswerId" = NULL WHERE slug = 'what-do-you-test-first'`),
    'Question (1)',
  ],
  [
    'What is counted is',
    untriggered('Question', `UPDATE "Question" SET "answerCount" = 9 WHERE slug = 'what-do-you-test-first'`),
    'Question (1)',
  ],
  ['What is counted is', `UPDATE "Ama" SET "questionCount" = 0, "answeredCount" = 0 WHERE slug = 'past'`, 'Ama (1)'],
  ['What is counted is', `UPDATE "Topic" SET "answerCount" = 0`, 'Topic (1)'],
  ['What is counted is', `UPDATE "Community" SET "amaCount" = 12, "mentorCount" = 0`, 'Community (2)'],
  ['What is counted is', `UPDATE "Member" SET "viewCount" = 5 WHERE handle = 'ada'`, 'Member (1)'],
  ['What is counted is', `UPDATE "CommunityMentor" SET "answerCount" = 5`, 'CommunityMentor (1)'],
  ['What is counted is', untriggered('AnswerRequest', 'DELETE FROM "AnswerRequest"'), 'Question (1)'],
  [
    'An answer has fewer views',
    `INSERT INTO "AnswerView" (day, "answerId", reader) SELECT current_date, ${adasAnswer}, decode(repeat('ab', 16), 'hex')`,
    '',
  ],
  ['HTML is not', `UPDATE "Answer" SET html = '<p>Of earlier rules.</p>' WHERE id = ${adasAnswer}`, 'answer '],
  ['Search would not find a question', `DELETE FROM "QuestionWords"`, '-'],
  ['Search would not find a question', `UPDATE "QuestionWords" SET words = 'other'`, '-'],
  ['Search would not find a question', `UPDATE "QuestionWords" SET marks = '{}'`, '-'],
  ['Search would not find an answer', `UPDATE "AnswerWords" SET tier = 9`, '-'],
  ['Search would not find an answer', `UPDATE "AnswerWords" SET marks = '{}'`, '-'],
  [
    'Search would not find an answer',
    untriggered('Answer', `UPDATE "Answer" SET body = body || ' More.', html = '' WHERE id = ${adasAnswer}`),
    '-',
  ],
  ['Search would not find a mentor', `UPDATE "MentorWords" SET name = 'eva'`, '-'],
  ['Search would not find an AMA', `DELETE FROM "AmaWords"`, '-'],
  ['What somebody types would be completed', `DELETE FROM "NameStart" WHERE kind = 'topic'`, '-'],
  ['What somebody types would be completed', `UPDATE "NameStart" SET text = 'other' WHERE kind = 'mentor' AND whole`, '-'],
  ['Search would not find a topic', `UPDATE "TopicWords" SET name = 'exams'`, '-'],
  [
    'Search would not find a company',
    untriggered('Company', `INSERT INTO "Company" (id, slug, name) VALUES ('${uuid()}', 'proof', 'Proof')`),
    '-',
  ],
  [
    'What stands beside questions was not worked out',
    `UPDATE "RelatedToQuestion" SET "refreshedAt" = NULL, "dueAt" = now() - interval '2 days' WHERE "questionId" = ${question('who-tests-the-tests')}`,
    'who-tests-the-tests',
  ],
  [
    'HTML is not',
    `INSERT INTO "Clarification" (id, "questionId", body, html, "addedAt") VALUES ('${uuid()}', ${question('who-tests-the-tests')}, 'More.', '', now())`,
    'clarification ',
  ],
  ['HTML is not', `INSERT INTO "SitePage" (slug, body, html, "updatedAt") VALUES ('about', '# We', '<p>We</p>', now())`, 'page about'],
  ['HTML is not', `UPDATE "Answer" SET excerpt = 'Of earlier rules.' WHERE id = ${adasAnswer}`, 'answer '],
  ['HTML is not', `UPDATE "Question" SET "detailsHtml" = '<script>' WHERE details IS NOT NULL`, 'question '],
  ['HTML is not', `UPDATE "Ama" SET "introductionHtml" = '' WHERE slug = 'past'`, 'AMA '],
  [
    'An AMA begins at another',
    `UPDATE "Ama" SET "startsAt" = "startsAt" + interval '1 hour', "endsAt" = "endsAt" + interval '1 hour'`,
    'coming',
  ],
  [
    'An earlier address leads to nothing',
    `INSERT INTO "MovedSlug" (kind, slug, "targetId") VALUES ('Ama', 'lost', '${uuid()}')`,
    'Ama lost',
  ],
  [
    'An earlier address is that of',
    `INSERT INTO "MovedSlug" (kind, slug, "targetId") SELECT 'Ama', 'past', id FROM "Ama" WHERE slug = 'coming'`,
    'Ama past',
  ],
  [
    'A question has a topic of',
    without(
      'Question',
      topicKey('Question'),
      `UPDATE "Question" SET "topicId" = (SELECT id FROM "Topic" WHERE slug = 'first-tests') WHERE slug = 'does-anybody-test-here'`,
    ),
    'does-anybody-test-here',
    validated('Question', topicKey('Question')),
  ],
  [
    'An AMA has a topic of',
    without(
      'Ama',
      topicKey('Ama'),
      `UPDATE "Ama" SET "topicId" = (SELECT id FROM "Topic" WHERE slug = 'second-tests') WHERE slug = 'coming'`,
    ),
    'coming',
    `UPDATE "Ama" SET "topicId" = (SELECT id FROM "Topic" WHERE slug = 'first-tests'); ${validated('Ama', topicKey('Ama'))}`,
  ],
  [
    'A question is in an AMA of',
    without(
      'Question',
      'Question_amaId_communityId_fkey',
      `UPDATE "Question" SET number = 9, "amaId" = (SELECT id FROM "Ama" WHERE slug = 'past') WHERE slug = 'does-anybody-test-here'`,
    ),
    'does-anybody-test-here',
    `UPDATE "Question" SET number = NULL, "amaId" = NULL WHERE number = 9; ${validated('Question', 'Question_amaId_communityId_fkey')}`,
  ],
  [
    'The nightly jobs have left rows of MailProof',
    `INSERT INTO "MailProof" (id, purpose, email, "codeHash", "linkHash", "expiresAt") VALUES ('${uuid()}', 'sign-in', 'x@example.org', sha256('a'), sha256('b'), now() - interval '3 days')`,
    '',
  ],
  ['Somebody answers or holds', `UPDATE "Member" SET "mentorSince" = NULL WHERE handle = 'ada'`, 'ada'],
  [
    'A list of mentors has',
    `INSERT INTO "CommunityMentor" SELECT id, ${member('cleo')} FROM "Community" WHERE slug = 'second'`,
    'cleo in second',
  ],
  ['A list of mentors has', `INSERT INTO "CommunityMentor" SELECT id, ${gone} FROM "Community" WHERE slug = 'first'`, 'deleted-'],
  ['A list of mentors lacks', `DELETE FROM "CommunityMentor"`, 'ada in first'],
  [
    'Something personal is left',
    `INSERT INTO "AnswerRequest" ("questionId", "memberId") VALUES (${question('who-tests-the-tests')}, ${gone})`,
    'deleted-',
  ],
  ['Something personal is left', `UPDATE "Question" SET "askedById" = ${gone} WHERE slug = 'does-anybody-test-here'`, 'deleted-'],
  ['Something personal is left', `INSERT INTO "Role" (id, "memberId", title) VALUES ('${uuid()}', ${gone}, 'Ghost')`, 'deleted-'],
  [
    'The log leads to somebody who has no account',
    `INSERT INTO "AuditEvent" (id, "happenedAt", act, "byId", "ofId", detail, address)
     VALUES ('0a0a0a0a-0000-7000-8000-000000000001', now(), 'give-role', '${uuid()}', '${uuid()}', 'host', repeat('a', 22))`,
    '0a0a0a0a',
  ],
  [
    'A question shows the name of nobody',
    `UPDATE "Question" SET "showName" = true WHERE slug = 'does-anybody-test-here'`,
    'does-anybody-test-here',
  ],
  [
    'A question is not answered here, in an AMA that is not closed',
    `UPDATE "Question" SET "closedAt" = now() WHERE slug = 'what-do-you-test-first'`,
    'what-do-you-test-first',
  ],
  [
    'An AMA has no mentor',
    `DELETE FROM "AmaMentor" WHERE "amaId" = (SELECT id FROM "Ama" WHERE slug = 'coming')`,
    'coming',
    `INSERT INTO "AmaMentor" ("amaId", "memberId", position, title) SELECT id, ${member('ada')}, 1, 'Tester' FROM "Ama" WHERE slug = 'coming'`,
  ],
  [
    'An AMA is coming whose mentors are gone',
    `UPDATE "AmaMentor" SET "memberId" = ${gone}, title = NULL WHERE "amaId" = (SELECT id FROM "Ama" WHERE slug = 'coming')`,
    'coming',
  ],
  ['A job has failed for good', job('mail', 'attempts = max_attempts'), 'mail since'],
  [
    'A mail waits',
    job('mail', `attempts = 3, run_at = now() + interval '1 hour'`),
    'tried 3 times',
    'DELETE FROM graphile_worker._private_jobs',
  ],
  ['A job waits', job('forget-tries', `run_at = now() - interval '2 hours'`), 'forget-tries', 'DELETE FROM graphile_worker._private_jobs'],
  [
    'The nightly jobs have left rows of Session',
    `INSERT INTO "Session" (id, "memberId", "tokenHash", "expiresAt", agent)
     VALUES ('${uuid()}', ${member('cleo')}, sha256('a'), now() - interval '3 days', '')`,
    '',
  ],
  [
    'The nightly jobs have left rows of PendingSignIn',
    `INSERT INTO "PendingSignIn" (id, "memberId", "tokenHash", "expiresAt") VALUES ('${uuid()}', ${member('cleo')}, sha256('b'), now() - interval '3 days')`,
    '',
  ],
  [
    'The nightly jobs have left rows of PasskeyChallenge',
    `INSERT INTO "PasskeyChallenge" (hash, "expiresAt") VALUES (sha256('c'), now() - interval '3 days')`,
    '',
  ],
  [
    'The nightly jobs have left rows of RateLimit',
    `INSERT INTO "RateLimit" (key, points, expire) VALUES ('x', 1, now() - interval '3 days')`,
    '',
  ],
  [
    'The nightly jobs have left rows of AuditEvent',
    `INSERT INTO "AuditEvent" (id, "happenedAt", act) VALUES ('${uuid()}', now() - interval '368 days', 'rename-site')`,
    '',
  ],
  [
    'Readers of past days',
    `INSERT INTO "AnswerView" (day, "answerId", reader) SELECT current_date - 5, ${adasAnswer}, decode(repeat('cd', 16), 'hex')`,
    '',
  ],
  [
    'Something that the migrations made',
    `ALTER TABLE "Answer" DISABLE TRIGGER answers_updated`,
    'trigger answers_updated of Answer',
    `ALTER TABLE "Answer" ENABLE TRIGGER answers_updated`,
  ],
]

test.each(faults)('%s …: it is found by looking alone, named, and mended (%#)', async (says, plant, sample, byHand) => {
  expect(await examined(false)).toEqual([])
  await run(plant)
  const before = await everyRow()
  const found = await examined(false)
  expect(await everyRow()).toEqual(before)
  expect(told(found, says)).toContain(sample)
  const repaired = await examined(true)
  if (byHand) {
    expect(repaired.filter(({ left }) => left).length).toBeGreaterThan(0)
    await run(byHand)
  }
  expect((await examined(true)).filter(({ left }) => left)).toEqual([])
  await run(`DELETE FROM "AnswerView"; DELETE FROM graphile_worker._private_jobs`)
  expect(await examined(false)).toEqual([])
})

test('every check that statements make has a fault in the list above', () => {
  const told = checksOf({ allTexts: true }).map(({ says }) => says)
  const others = /uploaded file|picture is not there/
  expect(told.filter((says) => !others.test(says) && !faults.some(([begin]) => says.startsWith(begin)))).toEqual([])
})

test('files and pictures are looked for on both sides', async () => {
  const lost = join(uploads, `${uuid()}-96.webp`)
  writeFileSync(lost, 'nobody’s')
  expect(await examined(false)).toEqual([])
  const twoDaysAgo = Date.now() / 1_000 - 2 * 86_400
  for (const file of readdirSync(uploads)) utimesSync(join(uploads, file), twoDaysAgo, twoDaysAgo)
  expect(told(await examined(false), 'An uploaded file belongs to nobody')).toContain('-96.webp')
  expect(await examined(true)).toMatchObject([{ left: 0 }])
  expect(readdirSync(uploads)).toHaveLength(4)

  const { portraitId } = await db().member.findUniqueOrThrow({ where: { handle: 'cleo' } })
  rmSync(join(uploads, portraitFile(portraitId ?? '', 192)))
  expect(told(await examined(false), 'A member’s picture is not there')).toContain('cleo')
  expect(await examined(true)).toMatchObject([{ left: 0 }])
  expect(await db().member.findUniqueOrThrow({ where: { handle: 'cleo' } })).toMatchObject({ portraitId: null })
  rmSync(join(uploads, portraitFile(portraitId ?? '', 96)))
})

test('files of another site, which nearly all are nobody’s here, stay', async () => {
  const elsewhere = `${uploads}-of-others`
  mkdirSync(elsewhere)
  const theirs = [`${uuid()}-96.webp`, `${uuid()}-160x240.webp`]
  const twoDaysAgo = Date.now() / 1_000 - 2 * 86_400
  for (const file of theirs) {
    writeFileSync(join(elsewhere, file), 'theirs')
    utimesSync(join(elsewhere, file), twoDaysAgo, twoDaysAgo)
  }
  const { stdout, code } = await command(['--repair'], { UPLOADS_DIR: elsewhere })
  expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('is this the database of UPLOADS_DIR') })
  expect(readdirSync(elsewhere).toSorted()).toEqual(theirs.toSorted())
  rmSync(elsewhere, { recursive: true })
})

test('an empty folder of pictures takes nobody’s away', async () => {
  const elsewhere = `${uploads}-elsewhere`
  mkdirSync(elsewhere)
  const { stdout, code } = await command(['--repair'], { UPLOADS_DIR: elsewhere })
  expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('is UPLOADS_DIR the right folder') })
  rmSync(elsewhere, { recursive: true })
  expect((await db().member.findUniqueOrThrow({ where: { handle: 'ada' } })).portraitId).not.toBeNull()
})

test('the command says what is wrong by its exit code, and what it did', async () => {
  expect(await command([])).toMatchObject({ code: 0, stdout: expect.stringContaining('Everything is as it should be.') })
  await run(`UPDATE "Member" SET "answerCount" = 99 WHERE handle = 'ada'`)
  expect(await command([])).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/What is counted is not what there is \(1\).*"answerCount":99/),
  })
  expect(await command(['--repair', '--all-texts'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Repaired.\nEverything is as it should be now.'),
  })
  expect(await command([])).toMatchObject({ code: 0 })
  expect(await command(['--mend'])).toMatchObject({ code: 1, stderr: expect.stringContaining('Usage:') })
})

test('counters are repaired while people go on writing', async () => {
  const questions = await db().question.findMany({ select: { id: true } })
  const people = await Promise.all(Array.from({ length: 8 }, () => makeViewer()))
  await run(
    `UPDATE "Question" SET "requestCount" = "requestCount" + 50; UPDATE "Topic" SET "questionCount" = 0; UPDATE "Member" SET "answerCount" = 3`,
  )
  let writing = true
  const writers = people.map(async ({ memberId }, i) => {
    for (let n = i; writing; n += 1) {
      const row = { questionId: questions[n % questions.length]?.id ?? '', memberId }
      await db().answerRequest.createMany({ data: [row], skipDuplicates: true })
      if (n % 3) await db().answerRequest.deleteMany({ where: row })
    }
  })
  await withSession((session) => repairDrift(session, () => {}))
  expect(await withSession(findDrift)).toEqual([])
  writing = false
  await Promise.all(writers)
  expect(await withSession(findDrift)).toEqual([])
})

function examined(repair: boolean): Promise<Finding[]> {
  return withSession((session) => examine(session, { repair, allTexts: true }))
}

/** What a finding says; other findings may come with it, since one wrong row makes counts wrong. */
function told(findings: Finding[], says: string): string {
  return (
    findings
      .filter((finding) => finding.says.startsWith(says))
      .map(({ samples }) => samples.join())
      .join() || `nothing, but ${JSON.stringify(findings)}`
  )
}

function run(sql: string): Promise<unknown> {
  return withSession((session) => session.query(sql))
}

async function everyRow(): Promise<string[]> {
  return withSession(async (session) => {
    const { rows } = await session.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
    const texts: string[] = []
    for (const { name } of rows) {
      const { rows: found } = await session.query(`SELECT xmin || ' ' || t::text AS row FROM "${name}" t ORDER BY 1`)
      texts.push(name, ...found.map(({ row }) => row))
    }
    return texts
  })
}

function command(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['cli/doctor.ts', ...args], { env: { ...process.env, ...env } }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}
