import { mkdtempSync, readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { Client } from 'pg'
import { v7 as uuid } from 'uuid'
import { afterAll, describe, expect, test } from 'vitest'
import { addImage } from '#domain/answer-image/commands.ts'
import { keepLease } from '#domain/answer-lease/commands.ts'
import { noteEvent } from '#domain/audit-event/commands.ts'
import { NOBODY } from '#domain/audit-event/rules.ts'
import { enqueueMail } from '#domain/mail/commands.ts'
import { issueProof } from '#domain/mail-proof/commands.ts'
import { changeHandle, setPortrait } from '#domain/member/commands.ts'
import { noteAct } from '#domain/moderation-event/commands.ts'
import { chooseNotices, tell } from '#domain/notice/commands.ts'
import { deleteAccount, takeOwnData } from '#domain/own-data/commands.ts'
import { collectOwnData } from '#domain/own-data/queries.ts'
import { dataMap, type Owned, othersRows } from '#domain/own-data/rules.ts'
import { beginPendingSignIn } from '#domain/pending-sign-in/commands.ts'
import { sendReport } from '#domain/report/commands.ts'
import { startSession } from '#domain/session/commands.ts'
import { writePage } from '#domain/site-page/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { portraitFile } from '#lib/paths.ts'
import type { Visit } from '#lib/visit.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { photo } from '#testing/hostile-uploads.ts'
import { mailsTo } from '#testing/mails.ts'
import { addPasskeyOf } from '#testing/passkeys.ts'
import { addSecondFactor } from '#testing/people.ts'

const uploads = mkdtempSync(join(tmpdir(), 'perch-uploads-'))
process.env.UPLOADS_DIR = uploads
afterAll(() => rm(uploads, { recursive: true }))

const owned = Object.entries(dataMap).flatMap(([model, said]): [string, Owned][] => (typeof said === 'string' ? [] : [[model, said]]))

describe('What is kept of people', () => {
  test('is decided for every column of every table', async () => {
    const tables = await query<{ table: string; columns: string[] }>(`
      SELECT table_name AS table, array_agg(column_name::text ORDER BY column_name) AS columns FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' GROUP BY 1`)
    expect(Object.keys(dataMap).toSorted()).toEqual(tables.map(({ table }) => table).toSorted())
    const decided = owned.map(([table, { given, left }]) => ({ table, columns: [...given, ...Object.keys(left)].toSorted() }))
    const there = tables.filter(({ table }) => owned.some(([model]) => model === table))
    expect(decided.toSorted(byTable)).toEqual(there.map(({ table, columns }) => ({ table, columns: columns.toSorted() })).toSorted(byTable))
  })

  test('is looked for under every column that names a member', async () => {
    const keys = await query<{ key: string }>(`
      SELECT c.relname || '.' || a.attname AS key FROM pg_constraint f
      JOIN pg_class c ON c.oid = f.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1]
      WHERE f.contype = 'f' AND f.confrelid IN ('"Member"'::regclass, '"Account"'::regclass)`)
    const looked = [...owned.flatMap(([model, { by }]) => by.map((column) => `${model}.${column}`)), ...Object.keys(othersRows)]
    expect(keys.map(({ key }) => key).filter((key) => !looked.includes(key))).toEqual([])
  })

  test('is in the archive, row by row, for a person who used everything', async () => {
    const ada = await everything()
    const files = unzipSync(await takeOwnData(ada.visit))
    expect(files['picture.webp']?.length).toBeGreaterThan(100)
    for (const [model, { by, given, left }] of owned) {
      const where = by.map((column) => `"${column}"::text IN ($1, $2)`).join(' OR ')
      const rows = await query<Record<string, unknown>>(`SELECT * FROM "${model}" WHERE ${where}`, [ada.viewer.memberId, ada.email])
      const packed: Record<string, unknown>[] = JSON.parse(strFromU8(files[`${model}.json`] ?? new Uint8Array()))
      expect([model, rows.length > 0]).toEqual([model, true])
      const expected: unknown[] = JSON.parse(
        JSON.stringify(rows.map((row) => Object.fromEntries(given.map((column) => [column, row[column]])))),
      )
      expect(packed.toSorted(byText), model).toEqual(expected.toSorted(byText))
      for (const column of Object.keys(left)) expect(packed.filter((row) => column in row)).toEqual([])
    }
    const all = Object.values(files)
      .map((bytes) => Buffer.from(bytes).toString('latin1'))
      .join()
    expect(all).not.toMatch(/argon2|passwordHash|tokenHash|linkHash|sealedKey|codeHash/)
  }, 30_000)

  test('holds nothing of others', async () => {
    const [ada, ben] = [await everything(), await everything()]
    const data = JSON.stringify(await collectOwnData(ada.viewer))
    for (const word of [ben.viewer.memberId, ben.email, ben.viewer.handle]) expect(data).not.toContain(word)
  }, 30_000)

  test('counts as taken only where it can be packed', async () => {
    const { visit, viewer } = await everything()
    const { portraitId } = await db().member.findUniqueOrThrow({ where: { id: viewer.memberId } })
    const picture = join(uploads, portraitFile(portraitId ?? '', 192))
    const taken = () => db().auditEvent.count({ where: { act: 'take-data', byId: viewer.memberId } })
    const before = await taken()
    await rm(picture)
    // To be read as a file it is in the way, as a bucket that is away.
    await mkdir(picture)
    await expect(takeOwnData(visit)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await taken()).toBe(before)
    await rm(picture, { recursive: true })
    await takeOwnData(visit)
    expect(await taken()).toBe(before + 1)
  }, 30_000)

  test('is given right after a sign-in only, and to nobody else', async () => {
    const { visit, viewer } = await everything()
    const stale = { ...viewer, provedAt: new Date(Date.now() - 6 * 60_000) }
    await expect(takeOwnData({ ...visit, viewer: stale })).rejects.toThrow('five minutes')
    await expect(takeOwnData({ ...visit, viewer: null })).rejects.toThrow('Sign in')
  })
})

describe('Who deletes the account', () => {
  test.each(['stays', 'goes'] as const)(
    'leaves nothing personal, and what was written %s',
    async (written) => {
      const ada = await everything()
      const outcome = await deleteAccount(ada.viewer, { written, handle: ada.viewer.handle }, ada.visit)
      expect(outcome).toMatchObject({ session: null })

      // No text of hers, no address and no id of a row that was hers alone stands anywhere in the database.
      const traces = await tracesOf([ada.tag, ada.email, ada.firstHandle])
      expect(traces).toEqual([])
      expect(readdirSync(uploads).filter((file) => file.includes(ada.portraitId))).toEqual([])
      const { memberId } = ada.viewer
      expect(await db().invitation.findMany({ where: { OR: [{ invitedById: memberId }, { usedById: memberId }] } })).toEqual([])
      expect(await db().sitePage.findUnique({ where: { slug: 'about' } })).toMatchObject({ body: 'Bees and people.', updatedById: null })
      const left = await db().member.findUnique({
        where: { id: ada.viewer.memberId },
        select: { name: true, answerCount: true, mentorSince: true },
      })
      expect(left).toEqual({ name: '[deleted]', mentorSince: null, answerCount: written === 'stays' ? 2 : 0 })

      // What was written down of her stays told, and leads to nobody.
      expect(await db().auditEvent.count({ where: { OR: [{ byId: memberId }, { ofId: memberId }] } })).toBe(0)
      const told = await db().auditEvent.findMany({ where: { id: { in: ada.noted } }, orderBy: { id: 'asc' } })
      expect(told.map(({ act, byId, ofId, address }) => ({ act, byId, ofId, address: address !== null }))).toEqual([
        { act: 'write-page', byId: NOBODY, ofId: null, address: false },
        { act: 'change-way-in', byId: null, ofId: NOBODY, address: false },
      ])
      expect(await db().auditEvent.count({ where: { act: 'delete-account', byId: NOBODY, address: null } })).toBeGreaterThan(0)

      expect(await db().answer.count({ where: { id: { in: ada.answers } } })).toBe(written === 'stays' ? 2 : 0)
      const asked = await db().question.findMany({
        where: { id: { in: ada.asked } },
        select: { title: true, details: true, askedById: true, showName: true },
      })
      const nameless = { askedById: null, showName: false }
      const [unanswered, answered] = ['What did nobody answer yet?', 'What did Ben answer already?']
      const stayed = [
        { title: unanswered, details: null, ...nameless },
        { title: answered, details: 'My own words.', ...nameless },
      ]
      expect(asked.toSorted(byText)).toEqual(
        (written === 'stays' ? stayed : [{ title: answered, details: null, ...nameless }]).toSorted(byText),
      )
      expect(await db().question.findUniqueOrThrow({ where: { id: ada.wanted }, select: { requestCount: true } })).toEqual({
        requestCount: 3,
      })
      expect((await db().ama.findUniqueOrThrow({ where: { id: ada.coming } })).cancelledAt).not.toBeNull()
      expect((await db().ama.findUniqueOrThrow({ where: { id: ada.past } })).cancelledAt).toBeNull()
      expect(await drift()).toEqual([])
    },
    30_000,
  )

  test('and has written nothing leaves no row at all', async () => {
    const ben = await makeViewer()
    await deleteAccount(ben, { written: 'stays', handle: ben.handle }, visitOf(ben))
    expect(await db().member.findUnique({ where: { id: ben.memberId } })).toBeNull()
    expect(await drift()).toEqual([])
  })

  test('has to mean it: right after a sign-in, with the own handle', async () => {
    const ben = await makeViewer()
    const stale = { ...ben, provedAt: new Date(Date.now() - 6 * 60_000) }
    await expect(deleteAccount(stale, { written: 'goes', handle: ben.handle }, visitOf(stale))).rejects.toThrow('five minutes')
    await expect(deleteAccount(ben, { written: 'goes', handle: 'another' }, visitOf(ben))).rejects.toThrow('Nothing is deleted')
    await expect(deleteAccount(null, { written: 'goes', handle: ben.handle }, visitOf(ben))).rejects.toThrow('Sign in')
    expect(await db().account.count({ where: { memberId: ben.memberId } })).toBe(1)
  })

  test('is not the last admin', async () => {
    await db().account.updateMany({ data: { adminSince: null } })
    const [ada, ben] = [await makeViewer({ admin: true }), await makeViewer({ admin: true })]
    await db().account.updateMany({ where: { memberId: { in: [ada.memberId, ben.memberId] } }, data: { adminSince: new Date() } })
    const leave = (viewer: typeof ada) => deleteAccount(viewer, { written: 'stays', handle: viewer.handle }, visitOf(viewer))
    const left = await Promise.allSettled([leave(ada), leave(ben)])
    expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

/** A mentor with something in every table. */
async function everything() {
  const [community, ben, company] = [await makeCommunity(), await makeMentor({ name: 'Ben' }), await makeCompany(`Works ${uuid()}`)]
  const topic = await makeTopic(community.id)
  const place = { communityId: community.id, topicId: topic.id }
  const tag = uuid().slice(-12)
  const name = `Ada ${tag}`
  const ada = await makeViewer({ name })
  const { memberId } = ada
  const role = { companyId: company.id, title: `Chief of ${tag}` }
  const said = { bio: `Mends ${tag}.`, links: [`https://${tag}.example/`], disclosure: `Owns ${tag}`, timeZone: 'UTC' }
  await db().member.update({ where: { id: memberId }, data: { name, mentorSince: new Date(), ...role, ...said } })
  const { id: roleId } = await db().role.create({ data: { id: uuid(), memberId, ...role } })
  const applied = { roleId, communityId: community.id, how: 'link', proof: 'https://works.example/team' }
  await db().application.create({ data: { id: uuid(), memberId, ...applied } })
  await db().communityRole.create({ data: { communityId: community.id, memberId, role: 'host' } })
  const mentor = { id: memberId, ...role }
  const past = await makeAma(place, [mentor], new Date('2024-05-01T10:00:00Z'), { closedAt: new Date(), closedById: memberId })
  const coming = await makeAma(place, [mentor], new Date(Date.now() + 86_400_000))
  await makeAma(place, [ben], new Date('2024-06-01T10:00:00Z'), { cancelledAt: new Date(), cancelledById: memberId })
  const asked = await makeAma(place, [ben], new Date(Date.now() + 2 * 86_400_000), { publishedAt: null })
  await db().amaInvitation.create({ data: { amaId: asked.id, memberId, position: 2, declinedAt: new Date(), words: `Not ${tag}.` } })
  await db().amaHost.create({ data: { amaId: asked.id, memberId } })
  await db().amaReminder.create({ data: { amaId: coming.id, memberId } })
  const answered = await makeQuestion(community.id, {
    ...{ askedById: memberId, showName: true, title: 'What did Ben answer already?', details: 'My own words.' },
  })
  const unanswered = await makeQuestion(community.id, { askedById: memberId, title: 'What did nobody answer yet?' })
  const own = { body: 'My own addition.', html: '<p>My own addition.</p>' }
  await db().clarification.create({ data: { id: uuid(), questionId: answered.id, memberId, ...own, addedAt: new Date() } })
  const begun = { place: `community:${community.id}`, title: `What about ${tag}?`, details: '', topic: 'title', showName: false }
  await db().draft.create({ data: { id: uuid(), memberId, ...begun, savedAt: new Date() } })
  const bens = await makeAnswer(answered.id, ben.id)
  const theirs = await makeQuestion(community.id, { askedToId: memberId, askedById: ben.id, requestBase: 3 })
  for (const questionId of [theirs.id, answered.id]) await db().answerRequest.create({ data: { questionId, memberId } })
  await db().setAside.create({ data: { memberId, questionId: answered.id, act: 'skip', setAsideAt: new Date() } })
  await db().mentorDay.create({ data: { mentorId: memberId, day: new Date('2026-03-01'), views: 3, readers: 2 } })
  await db().answerMark.create({ data: { memberId, kind: 'save', answerId: (await makeAnswer(answered.id, ben.id)).id } })
  await db().follow.create({ data: { id: uuid(), memberId, mentorId: ben.id } })
  const answers = [await makeAnswer(theirs.id, memberId, role), await makeAnswer(answered.id, memberId, role)]
  const elsewhere = { questionId: (await makeQuestion(community.id)).id, mentorId: memberId, line: 'The same point.', placedAt: new Date() }
  await db().answerPlacement.createMany({ data: answers.slice(0, 1).map((answerId) => ({ answerId: answerId.id, ...elsewhere })) })

  const told = { body: `About ${tag}.`, html: `<p>About ${tag}.</p>`, reason: `Without ${tag}.` }
  const changed = { number: 1, mentorId: memberId, writtenAt: new Date(), replacedAt: new Date() }
  for (const { id: answerId } of answers) await db().answerVersion.create({ data: { answerId, ...changed, ...told } })
  await db().answerDraft.create({ data: { memberId, questionId: theirs.id, body: `About ${tag}.`, savedAt: new Date() } })
  await keepLease(db(), memberId, theirs.id, new Date())
  await db().localWord.create({ data: { amaId: past.id, word: 'TPM', means: 'PM-T', addedById: memberId, addedAt: new Date() } })

  const wish = (title: string, given: object) => {
    const id = uuid()
    return db().wanted.create({
      data: { id, slug: `wish-${id}`, communityId: community.id, kind: 'mentor', title, askedAt: new Date(), ...given },
    })
  }
  const wishes = [
    await wish(`What ${tag} misses`, { askedById: memberId, why: `For ${tag}.` }),
    await wish('What Ben misses', { askedById: ben.id }),
    await wish(name, { askedById: ben.id, aboutId: memberId }),
  ]
  const brought = { memberId, question: `What would ${tag} do?` }
  for (const { id: wantedId } of wishes.slice(0, 2)) await db().wantedJoin.create({ data: { wantedId, ...brought } })

  const invitation = { communityId: community.id, expiresAt: new Date() }
  await db().invitation.create({ data: { id: uuid(), invitedById: memberId, ...invitation } })
  await db().invitation.create({ data: { id: uuid(), invitedById: ben.id, usedById: memberId, usedAt: new Date(), ...invitation } })
  await writePage({ ...ada, admin: true }, { slug: 'about', body: 'Bees and people.' }, visitOf(ada))
  await noteEvent(
    db(),
    { act: 'change-way-in', by: null, of: memberId, detail: 'authenticator-removed' },
    { now: new Date(), address: null },
  )
  const noted = await db().auditEvent.findMany({ where: { OR: [{ byId: memberId }, { ofId: memberId }] }, select: { id: true } })

  await changeHandle(ada, { handle: `ada-before-${tag}` })
  await changeHandle(ada, { handle: ada.handle })
  await changeHandle(ada, { handle: `ada-now-${tag}` })
  const viewer = { ...ada, handle: `ada-now-${tag}` }
  await setPortrait(viewer, { portrait: new File([new Uint8Array(await photo())], 'me.jpg') })
  await addImage({ ...viewer, mentor: true }, new Uint8Array(await photo()), visitOf(viewer))
  const { portraitId } = await db().member.findUniqueOrThrow({ where: { id: memberId } })
  const email = `${memberId}@example.com`
  const about = { reason: 'other', words: `It is about ${tag}.` } as const
  await sendReport(viewer, { thing: 'answer', id: bens.id, ...about }, visitOf(viewer))
  await sendReport(await makeViewer(), { thing: 'profile', id: memberId, ...about }, visitOf(null))
  await tell(db(), { memberId, event: 'hide', ...about }, new Date())
  await chooseNotices(viewer, { answers: 'inbox' })
  const kept = { act: 'keep', thing: 'answer', thingId: bens.id, communityId: community.id, reason: 'in-order' } as const
  await noteAct(db(), { actorId: memberId, ...kept }, new Date())
  await enqueueMail(db(), { kind: 'password-changed', to: email, props: { name } })
  await mailsTo(email)
  await issueProof(db(), { purpose: 'sign-in', email, next: null }, new Date())
  await addSecondFactor(memberId)
  await addPasskeyOf(memberId)
  await db().identity.create({ data: { issuer: 'https://provider.example', subject: `ada-${tag}`, memberId } })
  await beginPendingSignIn(db(), memberId, null, new Date())
  await startSession(db(), memberId, { ...visitOf(viewer), viewer: null })
  const shown = { ...viewer, portraitId }
  return {
    ...{
      tag,
      firstHandle: ada.handle,
      viewer: shown,
      visit: visitOf(shown),
      email,
      portraitId: portraitId ?? '',
      answers: answers.map(({ id }) => id),
      noted: noted.map(({ id }) => id),
    },
    ...{ asked: [answered.id, unanswered.id], wanted: theirs.id, coming: coming.id, past: past.id },
  }
}

function visitOf(viewer: Visit['viewer']): Visit {
  return { viewer, now: new Date(), address: '192.0.2.7', agent: 'Firefox', carried: null, waitingPress: null }
}

/** Tables in which one of the words stands, in whatever column. */
function tracesOf(words: string[]): Promise<string[]> {
  // Over one connection: with one for each table and word a server that others test on too would have too few.
  return withClient(async (client) => {
    const { rows: tables } = await client.query<{ table: string }>(
      `SELECT table_name AS table FROM information_schema.tables WHERE table_schema IN ('public') AND table_type = 'BASE TABLE'`,
    )
    const found: string[] = []
    for (const { table } of tables.filter(({ table }) => table !== 'Company')) {
      const stands = 'SELECT DISTINCT sought FROM unnest($1::text[]) AS sought WHERE EXISTS'
      const { rows } = await client.query<{ sought: string }>(
        `${stands} (SELECT FROM ${client.escapeIdentifier(table)} t WHERE strpos(to_jsonb(t)::text, sought) > 0)`,
        [words],
      )
      found.push(...rows.map(({ sought }) => `${sought} in ${table}`))
    }
    return found
  })
}

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return withClient(async (client) => (await client.query<Row>(text, values)).rows)
}

function drift() {
  return withClient(findDrift)
}

async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
const byTable = (one: { table: string }, other: { table: string }) => (one.table < other.table ? -1 : 1)
