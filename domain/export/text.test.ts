import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { exportedText } from '#domain/export/text.ts'
import { importDocument } from '#domain/import/commands.ts'
import { ImportedFile, type PerchDocument } from '#domain/import/rules.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { findDrift } from '#prisma/derived.ts'
import { demoDocument } from '#prisma/seed/document.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'
import { anyDocument, someYears } from '#testing/perch-documents.ts'
import { makeWish } from '#testing/wishes.ts'

const now = new Date('2026-03-01T12:00:00Z')

beforeEach(emptied)

test('whatever was imported and happened since: an export, imported into an empty database, is exported the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyDocument, fc.array(fc.constantFrom(...someYears), { maxLength: 12 }), async (document, years) => {
      await emptied()
      await imports(document)
      await run(...years)
      await sameAgain()
    }),
    { numRuns: 15, endOnFailure: true },
  )
}, 300_000)

test('the demo content is exported whole, and the same again', async () => {
  const document = demoDocument(now)
  await imports(document)
  const exported = await sameAgain()
  const given = ImportedFile.parse(document)
  expect(exported.amas?.map(({ slug, questions }) => [slug, questions?.map(({ title }) => title)])).toEqual(
    given.amas?.map(({ slug, questions }) => [slug, questions?.map(({ title }) => title)]),
  )
  expect(exported.questions?.map(({ title, requests }) => [title, requests])).toEqual(
    given.questions?.map(({ title, requests }) => [title, requests ?? 1]),
  )
})

test('a small document comes back as it was, with what the import added', async () => {
  const ada = { handle: 'ada', name: 'Ada Ash', company: 'Whale', title: 'Tester', mentor: true, communities: ['town'] }
  const answer = {
    by: 'ada',
    answeredAt: '2021-06-01T10:00:00.000Z',
    body: 'What *hurts*.',
    views: 10_924,
    company: 'Whale',
    title: 'Tester',
  }
  const document = {
    format: 'perch/1',
    communities: [{ slug: 'town', name: 'Town' }],
    topics: [{ slug: 'tests', name: 'Tests', community: 'town' }],
    people: [ada],
    amas: [
      {
        ...{ slug: 'ada-on-tests', mentors: ['ada'], topic: 'tests', startsAt: '2021-05-31T10:00:00', timeZone: 'America/Los_Angeles' },
        durationMinutes: 60,
        questions: [{ title: 'What do you test first?', askedAt: '2021-05-30T10:00:00.000Z', requests: 4, answers: [answer] }],
      },
    ],
    questions: [{ community: 'town', topic: 'tests', title: 'Who tests the tests?', askedAt: '2021-05-30T10:00:00.000Z', requests: 1 }],
  } satisfies PerchDocument
  await imports(document)
  expect(await sameAgain()).toEqual(document)
})

test('what is wanted stays behind: who wants it can be named to nobody, and without them it is nothing', async () => {
  const { ada, community } = await makeWish({ title: 'Basalt ware by hand' })
  const exported = await sameAgain()
  expect(exported.communities?.map(({ slug }) => slug)).toEqual([community.slug])
  expect(JSON.stringify(exported)).not.toMatch(new RegExp(`Basalt|${ada.handle}`))
})

test('nobody is named who is named nowhere in public', async () => {
  const community = await makeCommunity()
  const [quiet, open, idle] = [await makeViewer({}), await makeViewer({}), await makeViewer({})]
  const mentor = await makeMentor()
  await makeQuestion(community.id, { askedById: quiet.memberId, title: 'Who must never be named?' })
  await makeQuestion(community.id, { askedById: open.memberId, showName: true, title: 'Who may be named here?', askedToId: mentor.id })
  const text = await exported()
  for (const { memberId, handle } of [quiet, idle]) {
    expect(text).not.toContain(memberId)
    expect(text).not.toContain(handle)
  }
  expect(text).not.toContain('example.com')
  const { people, questions } = parsed(text)
  expect(people?.map(({ handle }) => handle).toSorted()).toEqual([mentor.handle, open.handle].toSorted())
  expect(questions?.map(({ askedBy, showName, askedTo }) => ({ askedBy, showName, askedTo }))).toEqual([
    {},
    { askedBy: open.handle, showName: true, askedTo: mentor.handle },
  ])
})

test('who is gone is gone in the copy too, and the words that stayed are nobody’s', async () => {
  const [community, viewer] = [await makeCommunity(), await makeViewer()]
  await db().member.update({ where: { id: viewer.memberId }, data: { mentorSince: now, title: 'Keeper of secrets' } })
  await makeAnswer((await makeQuestion(community.id)).id, viewer.memberId, { title: 'Keeper of secrets' })
  await deleteAccount(viewer, { written: 'stays', handle: viewer.handle }, visit({ viewer }))
  const { people, questions } = await sameAgain()
  expect(people).toEqual([{ handle: `deleted-${viewer.memberId}`, name: '[deleted]' }])
  expect(questions?.[0]?.answers).toMatchObject([{ by: `deleted-${viewer.memberId}` }])
  const copy = await db().member.findFirstOrThrow({ include: { communities: true } })
  expect(copy).toMatchObject({ id: viewer.memberId, deletedAt: expect.any(Date), mentorSince: null, answerCount: 1, communities: [] })
})

test('what moderators hide is not in it', async () => {
  const community = await makeCommunity()
  const mentor = await makeMentor({ bio: 'Secret bio.', links: ['https://secret.example/'], profileHiddenAt: now })
  const hidden = await makeQuestion(community.id, { title: 'Is this secret hidden?', hiddenAt: now })
  await makeAnswer(hidden.id, mentor.id, { body: 'Secret answer.' })
  const shown = await makeQuestion(community.id, { title: 'Is this one shown?' })
  await makeAnswer(shown.id, mentor.id, { body: 'Secret too.', hiddenAt: now })
  const { people, questions } = await sameAgain()
  expect(people).toEqual([{ handle: mentor.handle, name: mentor.name, mentor: true, communities: [community.slug] }])
  expect(questions).toMatchObject([{ title: 'Is this one shown?' }])
  expect(questions?.[0]).not.toHaveProperty('answers')
})

test('roles that were held then stay, where no history would tell them', async () => {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const mentor = await makeMentor({ title: 'Head' })
  const question = await makeQuestion(community.id)
  await makeAnswer(question.id, mentor.id, { title: null })
  await makeAma({ communityId: community.id, topicId: topic.id }, [{ id: mentor.id, companyId: null, title: 'Hand' }], now, {
    cancelledAt: now,
  })
  const document = await sameAgain()
  expect(document.amas).toMatchObject([{ mentors: [{ handle: mentor.handle, title: 'Hand' }], cancelledAt: now.toISOString() }])
  expect(await db().answer.findFirstOrThrow({ select: { title: true } })).toEqual({ title: null })
  expect(await db().amaMentor.findFirstOrThrow({ select: { title: true } })).toEqual({ title: 'Hand' })
  expect(await db().ama.findFirstOrThrow({ select: { cancelledAt: true } })).toEqual({ cancelledAt: now })
})

test('an AMA with hundreds of questions between two without any is exported in their order', async () => {
  const place = { mentors: ['ada'], topic: 'tests', startsAt: '2021-05-31T10:00:00', timeZone: 'UTC', durationMinutes: 60 }
  const asked = (name: string, length: number) => Array.from({ length }, (_, i) => ({ title: `Question ${i} of ${name}` }))
  const amas = Object.entries({ first: 0, second: 199, third: 401, fourth: 0, fifth: 200 })
  await imports({
    format: 'perch/1',
    communities: [{ slug: 'town', name: 'Town' }],
    topics: [{ slug: 'tests', name: 'Tests', community: 'town' }],
    people: [{ handle: 'ada', name: 'Ada Ash' }],
    amas: amas.map(([slug, length]) => ({ ...place, slug, questions: asked(slug, length) })),
    questions: asked('nobody', 400).map((question) => ({ ...question, community: 'town' })),
  })
  const document = await sameAgain()
  expect(document.amas?.map(({ slug, questions }) => [slug, questions?.map(({ title }) => title)])).toEqual(
    amas.map(([slug, length]) => [slug, asked(slug, length).map(({ title }) => title)]),
  )
  expect(document.questions).toHaveLength(400)
})

test('what is written meanwhile is not in it', async () => {
  const community = await makeCommunity()
  await makeQuestion(community.id)
  const text = await withSession(async (session) => {
    const pieces: string[] = []
    for await (const piece of exportedText(session)) {
      if (!pieces.length) await makeQuestion(community.id, { title: 'Was this asked in time?' })
      pieces.push(piece)
    }
    return pieces.join('')
  })
  expect(parsed(text).questions).toHaveLength(1)
})

test('the command writes the file whole, or leaves the one that is there', async () => {
  const community = await makeCommunity()
  const folder = await mkdtemp(join(tmpdir(), 'perch-export-'))
  const file = join(folder, 'site.json')
  expect(await command(file)).toMatchObject({ code: 0, stdout: expect.stringContaining(`Wrote ${file}`) })
  const text = await readFile(file, 'utf8')
  expect(text).toBe(await exported())
  expect(await command('-')).toEqual({ code: 0, stdout: text, stderr: '' })
  await run(`UPDATE "Community" SET name = '  '`)
  expect(await command(file)).toMatchObject({ code: 1, stderr: expect.stringContaining(`refuse the community "${community.slug}": name`) })
  expect(await readFile(file, 'utf8')).toBe(text)
  expect(await readdir(folder)).toEqual(['site.json'])
  expect(await command(folder)).toMatchObject({ code: 1, stderr: expect.stringContaining('is a directory') })
  await writeFile(file, 'of earlier')
  await run(`UPDATE "Community" SET name = 'Town'`)
  expect(await command(file)).toMatchObject({ code: 0 })
  expect(await readFile(file, 'utf8')).toBe(await exported())
})

/** Exports, imports that into an empty database, and holds what is there then against it. */
async function sameAgain(): Promise<PerchDocument> {
  const first = await exported()
  await emptied()
  await imports(first)
  expect(await exported()).toBe(first)
  expect(await withSession(findDrift)).toEqual([])
  expect((await imports(first)).written).toBe(0)
  return parsed(first)
}

async function exported(): Promise<string> {
  return withSession(async (session) => {
    let text = ''
    for await (const piece of exportedText(session)) text += piece
    return text
  })
}

function parsed(text: string): PerchDocument {
  const document: PerchDocument = JSON.parse(text)
  ImportedFile.parse(document)
  return document
}

function imports(document: PerchDocument | string) {
  const bytes = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document))
  async function* open() {
    yield bytes
  }
  return importDocument({ open, bytes: bytes.length }, now)
}

/** Takes out all that hangs together with the content, by one statement: to truncate so many tables takes ten times as long. */
async function emptied(): Promise<void> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    WITH RECURSIVE belonging AS (
      SELECT unnest(ARRAY['"Community"', '"Company"', '"Member"', '"MovedSlug"']::regclass[]) AS id
      UNION SELECT conrelid FROM pg_constraint JOIN belonging ON confrelid = id WHERE contype = 'f'
    ) SELECT id::regclass::text AS name FROM belonging`
  await run(`WITH ${tables.map(({ name }, i) => `gone${i} AS (DELETE FROM ${name})`).join()} SELECT`)
}

async function run(...statements: string[]): Promise<void> {
  await withSession(async (session) => {
    for (const sql of statements) await session.query(sql.replaceAll('UUID', () => uuid()))
  })
}

function command(file: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['cli/export.ts', file], (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}
