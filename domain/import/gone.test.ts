import { expect, test } from 'vitest'
import { importDocument } from '#domain/import/commands.ts'
import { changeHandle } from '#domain/member/commands.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { db } from '#lib/db.ts'
import { withSession } from '#lib/db-session.ts'
import { findDrift } from '#prisma/derived.ts'
import { makePerson, visitOf } from '#testing/people.ts'

const now = new Date('2026-03-01T12:00:00Z')

/** Ada and Ben hold an AMA, both answer, Cleo asks there and elsewhere. `name` keeps the tests apart. */
function town(name: string) {
  const [ada, ben, cleo] = ['ada', 'ben', 'cleo'].map((person) => `${name}-${person}`)
  const by = (mentor: string | undefined, body: string) => ({ by: mentor, answeredAt: '2023-01-01T00:00:00Z', body, views: 3 })
  return {
    format: 'perch/1',
    communities: [{ slug: name, name: `${name} town` }],
    topics: [{ slug: `${name}-tests`, name: 'Tests', community: name }],
    people: [
      { handle: ada, name: 'Ada Ash', company: `${name} Mill`, title: 'Tester', mentor: true, communities: [name], bio: 'Breaks things.' },
      { handle: ben, name: 'Ben Birch', title: 'Builder', mentor: true },
      { handle: cleo, name: 'Cleo Clay' },
    ],
    amas: [
      {
        ...{ slug: `${name}-on-tests`, mentors: [ada, ben], topic: `${name}-tests`, startsAt: '2021-05-31T10:00:00', timeZone: 'UTC' },
        durationMinutes: 60,
        questions: [
          {
            ...{ title: 'What do you test first?', details: `We have none in ${name}.`, requests: 4, askedBy: cleo, showName: true },
            clarifications: [{ addedAt: '2021-05-30T10:00:00Z', body: 'None at all.' }],
            answers: [by(ada, `What hurts in ${name}.`), by(ben, 'The money.')],
          },
          { title: 'Who reads the reports?', answers: [by(ada, 'Nobody.')] },
        ],
      },
    ],
    questions: [{ title: 'Does anybody test here?', community: name, askedBy: cleo, askedTo: ada, requests: 2 }],
  }
}

test.each(['stays', 'goes'] as const)(
  'who deleted the account stays deleted when the file comes again; what they wrote %s',
  async (written) => {
    const file = town(written)
    await imports(file)
    for (const person of ['ada', 'cleo']) await leave(`${written}-${person}`, written)
    const before = await everything()
    const again = await imports(file)
    expect(again).toMatchObject({ written: 0, gone: 2 })
    expect(await everything()).toEqual(before)
    const text = JSON.stringify(before)
    expect(text.includes(`What hurts in ${written}.`)).toBe(written === 'stays')
    expect(text).toContain('The money.')
    expect(text.includes(`We have none in ${written}.`)).toBe(written === 'stays')
    expect(await db().member.findMany({ where: { handle: { in: [`${written}-ada`, `${written}-cleo`] } } })).toEqual([])
    expect(await withSession(findDrift)).toEqual([])
    // With what is new in it the rest is done all the same.
    Object.assign(file.people[1] ?? {}, { bio: 'Builds.' })
    file.amas[0]?.mentors.reverse()
    await imports(file)
    expect(await db().member.findFirst({ where: { handle: `${written}-ben` } })).toMatchObject({ bio: 'Builds.' })
    expect(await db().communityMentor.count({ where: { member: { deletedAt: { not: null } } } })).toBe(0)
    expect((await imports(file)).written).toBe(0)
    expect(await withSession(findDrift)).toEqual([])
  },
)

test('nor by an earlier handle, nor when somebody else has it by now', async () => {
  const file = town('renamed')
  await imports(file)
  await leave('renamed-ada', 'goes', 'renamed-adaline')
  const other = await makePerson({ name: 'Another Ada' })
  await db().member.update({ where: { id: other.memberId }, data: { handle: 'renamed-ada' } })
  expect((await imports(file)).written).toBe(0)
  const { name, mentorSince } = await db().member.findUniqueOrThrow({ where: { id: other.memberId } })
  expect({ name, mentorSince }).toEqual({ name: 'Another Ada', mentorSince: null })
})

test('nobody who is gone gets a place in another AMA', async () => {
  const file = town('place')
  await imports(file)
  await leave('place-ada', 'stays')
  const [ama] = file.amas
  if (ama) file.amas.push({ ...ama, slug: 'place-again', questions: [] })
  await expect(imports(file)).rejects.toThrow('amas[1].mentors[0]: "place-ada" has deleted the account here')
})

test('a stranger who took the handle first never becomes the mentor of a file, unless the importer says who it is', async () => {
  const file = town('taken')
  const stranger = await makePerson({ name: 'A Stranger' })
  await db().member.update({ where: { id: stranger.memberId }, data: { handle: 'taken-ada' } })
  const refused = await imports(file).catch((error: Error) => error.message)
  for (const place of ['people[0].handle', 'amas[0].mentors[0]', 'amas[0].questions[0].answers[0].by', 'questions[0].askedTo'])
    expect(refused).toContain(`${place}: "taken-ada" is somebody who joined here`)
  expect(refused).toContain('--same taken-ada')
  expect(await db().community.count({ where: { slug: 'taken' } })).toBe(0)
  // A reference alone is enough to be refused.
  await imports({ ...file, people: file.people.slice(1), amas: [], questions: [] })
  await expect(imports({ ...file, people: file.people.slice(1) })).rejects.toThrow('amas[0].mentors[0]: "taken-ada"')

  await imports(file, ['taken-ada'])
  expect(await db().member.findUniqueOrThrow({ where: { id: stranger.memberId } })).toMatchObject({ name: 'Ada Ash', title: 'Tester' })
  expect((await imports(file)).written).toBe(0)
})

test('who came by an import is meant by it also after getting an account and another handle', async () => {
  const file = town('same')
  await imports(file)
  const viewer = await giveAccount('same-ada')
  await changeHandle(viewer, { handle: 'same-adaline' })
  Object.assign(file.people[0] ?? {}, { bio: 'Mends things.' })
  await imports(file)
  expect(await db().member.findUniqueOrThrow({ where: { handle: 'same-adaline' } })).toMatchObject({ bio: 'Mends things.' })
})

async function imports(document: object, same: string[] = []) {
  const bytes = Buffer.from(JSON.stringify(document))
  async function* open() {
    yield bytes
  }
  return importDocument({ open, bytes: bytes.length }, now, undefined, undefined, same)
}

async function giveAccount(handle: string) {
  const { id: memberId } = await db().member.findUniqueOrThrow({ where: { handle } })
  await db().account.create({ data: { memberId, email: `${handle}@example.org`, emailProvedAt: new Date() } })
  return (await visitOf({ memberId })).viewer
}

async function leave(handle: string, written: 'stays' | 'goes', newHandle = handle): Promise<void> {
  const viewer = await giveAccount(handle)
  if (newHandle !== handle) await changeHandle(viewer, { handle: newHandle })
  const { memberId } = viewer
  const visit = await visitOf({ memberId })
  await deleteAccount(visit.viewer, { written, handle: newHandle }, visit)
}

/** What the tables say that an import fills. */
async function everything() {
  const [members, questions, answers, amas, places, roles, clarifications, requests, lists] = await Promise.all([
    db().member.findMany({ orderBy: { id: 'asc' } }),
    db().question.findMany({ orderBy: { id: 'asc' } }),
    db().answer.findMany({ orderBy: { id: 'asc' } }),
    db().ama.findMany({ orderBy: { id: 'asc' } }),
    db().amaMentor.findMany({ orderBy: [{ amaId: 'asc' }, { position: 'asc' }] }),
    db().role.findMany({ orderBy: { id: 'asc' } }),
    db().clarification.findMany({ orderBy: { id: 'asc' } }),
    db().answerRequest.findMany({ orderBy: [{ questionId: 'asc' }, { memberId: 'asc' }] }),
    db().communityMentor.findMany({ orderBy: [{ communityId: 'asc' }, { memberId: 'asc' }] }),
  ])
  return { members, questions, answers, amas, places, roles, clarifications, requests, lists }
}
