import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Client } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { signInWithPassword } from '#domain/account/commands.ts'
import { NOBODY } from '#domain/audit-event/rules.ts'
import { importDocument } from '#domain/import/commands.ts'
import { hide, sendReport } from '#domain/report/commands.ts'
import { findSession } from '#domain/session/queries.ts'
import { joinWanted } from '#domain/wanted/commands.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { tokenHash } from '#lib/secret.ts'
import { findDrift } from '#prisma/derived.ts'
import { DEMO_PASSWORD, demoSignIns, openDemoAccounts } from '#prisma/seed/demo-people.ts'
import { recordDemo } from '#prisma/seed/demo-rows.ts'
import { openDemoWishes } from '#prisma/seed/demo-wishes.ts'
import { demoDocument } from '#prisma/seed/document.ts'
import { removeDemo } from '#prisma/seed/remove.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'

vi.setConfig({ testTimeout: 60_000 })

const now = new Date()
const nothing = { Answer: 0, Question: 0, Ama: 0, Member: 0, Company: 0, Topic: 0, Community: 0 }

test('the demo people can be signed in by role, and all of it goes and does not come back', async () => {
  await emptied()
  await loadDemo()
  const people = await demoSignIns()
  expect(people.map(({ role }) => role)).toEqual(['member', 'mentor', 'host', 'moderator', 'admin'])
  const viewers = await Promise.all(people.map(({ email }) => signedIn(email)))
  const { id } = await db().community.findUniqueOrThrow({ where: { slug: 'product-management' } })
  expect(viewers.map((viewer) => [viewer?.hosts, viewer?.moderates, viewer?.admin])).toEqual([
    [[], [], false],
    [[], [], false],
    [[id], [], false],
    [[], [id], false],
    [[], [], true],
  ])
  await expect(withSession(removeDemo)).resolves.toMatchObject({ kept: nothing, accounts: 5 })
  for (const [table, rows] of Object.entries(await rowsOfAllTables())) {
    if (table !== 'DemoRow' && table !== 'AuditEvent') expect(rows, table).toEqual([])
  }
  // That somebody signed in stays told, and who it was does not.
  const told = await db().auditEvent.groupBy({ by: ['act', 'byId', 'address'], where: { byId: { not: null } }, _count: true })
  expect(told).toEqual([{ act: 'sign-in', byId: NOBODY, address: null, _count: 5 }])
  expect(await db().auditEvent.count({ where: { ofId: { not: NOBODY } } })).toBe(0)
  expect(await demoSignIns()).toEqual([])
  await expect(withSession(removeDemo)).resolves.toEqual({ gone: nothing, kept: nothing, accounts: 0 })
  expect(await program('prisma/seed/seed.ts')).toContain('something is here already or was')
})

test('what people added stays with all that it cannot be without, and the counters are right', async () => {
  await emptied()
  const earlier = await makeMentor({ companyId: (await makeCompany('Older than the demo')).id })
  await loadDemo()
  const { real, keeps } = await addRealThings()
  const before = await rowsOfAllTables()
  const { gone, kept, accounts } = await withSession(removeDemo)
  const after = await rowsOfAllTables()

  for (const [table, ids] of Object.entries({ ...real, Member: [...real.Member, earlier.id] })) {
    for (const id of ids) expect(textsOf(after, table, id), `${table} ${id}`).toEqual(textsOf(before, table, id))
  }
  expect(await withSession(findDrift)).toEqual([])
  // The community and topic of a question that somebody asked, the questions that somebody answered, with their AMA, the
  // employer of a member, a mentor who holds an AMA with somebody, and the two who hold the AMA that was asked in.
  expect(kept).toEqual(keeps)
  expect(accounts).toBe(4)
  expect(gone.Answer).toBe((before.Answer ?? []).length - real.Answer.length)
  expect(gone.Question).toBe((before.Question ?? []).length - real.Question.length - keeps.Question)
  // Once that is gone, so is the rest.
  await removeRealThings(real)
  await expect(withSession(removeDemo)).resolves.toMatchObject({ kept: { ...nothing, Member: 1, Company: expect.any(Number) } })
  expect(await withSession(findDrift)).toEqual([])
})

test('what was reported and hidden of it goes with it, by whomever, and what moderators did stays told', async () => {
  await emptied()
  await loadDemo()
  const [moderator] = (await demoSignIns()).filter(({ role }) => role === 'moderator')
  const viewer = await signedIn(moderator?.email ?? '')
  const [hidden, shown] = await db().answer.findMany({ where: { question: { community: { slug: 'product-management' } } }, take: 2 })
  const { viewer: reader } = await visitOf(await makePerson())
  for (const id of [hidden?.id ?? '', shown?.id ?? '']) await sendReport(reader, { thing: 'answer', id, reason: 'spam' }, visit())
  await hide(viewer, { thing: 'answer', id: hidden?.id ?? '', reason: 'spam' }, visit())
  expect([await db().report.count(), await db().notice.count()]).toEqual([2, 1])
  await expect(withSession(removeDemo)).resolves.toMatchObject({ kept: nothing })
  expect([await db().report.count(), await db().notice.count(), await db().moderationEvent.count()]).toEqual([0, 0, 1])
  expect(await withSession(findDrift)).toEqual([])
})

test('what its people wish for goes, unless somebody else wishes for it too', async () => {
  await emptied()
  await loadDemo()
  const [one, ...others] = await db().wanted.findMany({ orderBy: { slug: 'asc' } })
  expect(others.length).toBeGreaterThan(1)
  expect(one?.joinCount).toBeGreaterThan(1)
  const reader = await makePerson()
  await joinWanted(await visitOf(reader), one?.slug ?? '')
  await expect(withSession(removeDemo)).resolves.toMatchObject({ kept: { ...nothing, Community: 1 } })
  expect(await db().wanted.findMany()).toMatchObject([{ id: one?.id, askedById: null, joinCount: 1 }])
  expect(await withSession(findDrift)).toEqual([])
})

test('when one row cannot go, nothing goes', async () => {
  await emptied()
  await loadDemo()
  const before = await rowsOfAllTables()
  await withSession((session) =>
    session.query(`
      CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'this one stays'; END $$;
      CREATE TRIGGER stay BEFORE DELETE ON "Topic" FOR EACH ROW EXECUTE FUNCTION stay()`),
  )
  onTestFinished(() => withSession(async (session) => void (await session.query('DROP FUNCTION stay CASCADE'))))
  await expect(program('cli/demo-remove.ts')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing was removed: this one stays'),
  })
  expect(await rowsOfAllTables()).toEqual(before)
})

test('the command says what went and what stays', async () => {
  await emptied()
  expect(await program('cli/demo-remove.ts')).toContain('has never had demo content')
  await loadDemo()
  const community = await db().community.findUniqueOrThrow({ where: { slug: 'customer-success' } })
  await makeQuestion(community.id, { askedById: (await makePerson()).memberId })
  const said = await program('cli/demo-remove.ts')
  expect(said).toMatch(
    /^Removed 2 communities, \d+ topics, \d+ companies, \d+ people, \d+ AMAs, \d+ questions, \d+ answers, 5 demo accounts\.$/m,
  )
  expect(said).toContain('What people added rests on 1 community of the demo content: that stays.')
})

test('nobody is let in elsewhere than in local mode', async () => {
  await emptied()
  await program('prisma/seed/seed.ts', { PERCH_MODE: 'test' })
  expect(await db().account.count()).toBe(0)
  expect(await db().demoRow.count()).toBeGreaterThan(300)
  await openDemoAccounts(now)
  expect(await program('prisma/seed/sign-ins.ts', { PERCH_MODE: 'test' })).toBe('')
  const said = await program('prisma/seed/sign-ins.ts', { PERCH_MODE: 'local' })
  for (const role of ['member', 'mentor', 'host', 'moderator', 'admin']) expect(said).toContain(`${role}@demo.example`)
  expect(said).toContain(DEMO_PASSWORD)
})

async function addRealThings() {
  const demo = await db().community.findUniqueOrThrow({ where: { slug: 'product-management' }, include: { topics: { take: 1 } } })
  const topicId = demo.topics[0]?.id ?? ''
  const [employer] = await db().company.findMany({ where: { slug: 'juniper-desk' } })
  const mentor = await makeMentor({ companyId: employer?.id })
  const own = await makeCommunity()
  const ownTopic = await makeTopic(own.id)
  const { id: demoMentor } = await db().member.findUniqueOrThrow({ where: { handle: 'ines-carvalho' } })
  const { id: demoAdmin } = await db().member.findUniqueOrThrow({ where: { handle: 'ngaire-tamihana' } })
  // Holds an AMA together with somebody real.
  const ama = await makeAma(
    { communityId: own.id, topicId: ownTopic.id },
    [mentor, { id: demoMentor, companyId: null, title: null }],
    new Date('2024-05-31T10:00:00Z'),
  )
  const inDemo = await makeQuestion(demo.id, { topicId, askedById: mentor.id })
  const inOwn = await makeQuestion(own.id, { askedById: mentor.id, topicId: ownTopic.id, amaId: ama.id, number: 1 })
  const asked = await db().question.findFirstOrThrow({
    where: { ama: { mentors: { every: { memberId: { notIn: [demoMentor, demoAdmin] } } } }, answerCount: { gt: 0 } },
    include: { ama: { include: { mentors: true } } },
  })
  const answers = [await makeAnswer(inDemo.id, mentor.id), await makeAnswer(asked.id, mentor.id, { answeredAt: new Date() })]
  // What a demo person does goes with that person: an answer here, a request, a question.
  await makeAnswer(inOwn.id, demoMentor, { viewBase: 9 })
  await db().answerRequest.create({ data: { questionId: inOwn.id, memberId: demoAdmin } })
  const { id: demoAsker } = await db().member.findUniqueOrThrow({ where: { handle: 'priyanka-dutta' } })
  await makeQuestion(own.id, { askedById: demoAsker })
  // Somebody has made the admin's account their own, and asks.
  await db().account.update({ where: { memberId: demoAdmin }, data: { email: 'owner@site.example' } })
  const person = await makePerson()
  await db().answerRequest.create({ data: { questionId: asked.id, memberId: person.memberId } })

  const amaCompanies = new Set(asked.ama?.mentors.map(({ companyId }) => companyId))
  const holders = asked.ama?.mentors.map(({ memberId }) => memberId) ?? []
  const stayingMembers = [...new Set([demoMentor, demoAdmin, ...holders])]
  const companies = await companiesOf(stayingMembers)
  const topics = new Set([topicId, asked.topicId, asked.ama?.topicId].filter((id) => id))
  const real = {
    Community: [own.id],
    Topic: [ownTopic.id],
    Ama: [ama.id],
    Member: [mentor.id, person.memberId, demoAdmin],
    Question: [inDemo.id, inOwn.id],
    Answer: answers.map(({ id }) => id),
  }
  const keeps = {
    Community: new Set([demo.id, asked.communityId]).size,
    Topic: topics.size,
    Ama: 1,
    Question: 1,
    Answer: 0,
    Member: stayingMembers.length,
    Company: new Set([...amaCompanies, ...companies, employer?.id].filter((id) => id)).size,
  }
  return { real, keeps }
}

/** Where these people work and worked. */
async function companiesOf(ids: string[]): Promise<(string | null)[]> {
  const people = await db().member.findMany({ where: { id: { in: ids } }, include: { roles: true } })
  return people.flatMap(({ companyId, roles }) => [companyId, ...roles.map((role) => role.companyId)])
}

async function removeRealThings({ Ama, Answer, Question }: { Ama: string[]; Answer: string[]; Question: string[] }): Promise<void> {
  await db().answer.deleteMany({ where: { id: { in: Answer } } })
  await db().question.deleteMany({ where: { id: { in: Question } } })
  await db().amaMentor.deleteMany({ where: { amaId: { in: Ama } } })
}

/** A row without what triggers keep, and without the request of somebody who is gone. */
function textsOf(tables: Record<string, Record<string, unknown>[]>, table: string, id: string) {
  const row = (tables[table] ?? []).find((each) => each.id === id)
  return row && Object.fromEntries(Object.entries(row).filter(([column]) => !/Count$|^lead|^last/.test(column)))
}

async function rowsOfAllTables(): Promise<Record<string, Record<string, unknown>[]>> {
  return withSession(async (session) => {
    const all: Record<string, Record<string, unknown>[]> = {}
    for (const table of await tablesOf(session)) {
      const { rows } = await session.query(`SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY to_jsonb(t)::text`)
      all[table] = rows.map(({ row }) => row)
    }
    return all
  })
}

async function tablesOf(session: Client): Promise<string[]> {
  const { rows } = await session.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%'`)
  return rows.map(({ tablename }) => tablename)
}

async function emptied(): Promise<void> {
  await withSession(async (session) => {
    const tables = await tablesOf(session)
    await session.query(`TRUNCATE ${tables.map((table) => `"${table}"`).join()}`)
  })
}

async function loadDemo(): Promise<void> {
  const document = Buffer.from(JSON.stringify(demoDocument(now)))
  async function* open() {
    yield document
  }
  await importDocument({ open, bytes: document.length }, now, undefined, recordDemo)
  await openDemoWishes(now)
  await openDemoAccounts(now)
}

async function signedIn(email: string) {
  const { session } = await signInWithPassword(null, { email, password: DEMO_PASSWORD, next: null }, visit())
  return (session && (await findSession(tokenHash(session.token), new Date()))?.viewer) ?? null
}

/** What it says; an error with its code and words when it fails. */
async function program(file: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env: { ...process.env, ...env } })
  return stdout
}
