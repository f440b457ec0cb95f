import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { findCompanies, listFormerMentors, listPresentMentors } from '#domain/company/queries.ts'
import { db } from '#lib/db.ts'
import { makeCompany, makeMentor } from '#testing/factories.ts'

test('a company names who is there and who was, with all that each did there and what of it was checked', async () => {
  const [kiln, other] = [await makeCompany(`Kiln ${uuid()}`), await makeCompany(`Wren ${uuid()}`)]
  const [ana, ben] = [
    await makeMentor({ name: 'Ana', companyId: kiln.id, title: 'Lead' }),
    await makeMentor({ name: 'Ben', companyId: other.id, title: 'Buyer' }),
  ]
  const checked = { checkedAt: new Date('2026-05-03'), checkedHow: 'mail', checkedAs: 'kiln.example' }
  const role = (memberId: string, companyId: string, given: object) =>
    db().role.create({ data: { id: uuid(), memberId, companyId, ...given } })
  await role(ana.id, kiln.id, { title: 'Gatherer', startedOn: '2015', endedOn: '2018' })
  await role(ana.id, kiln.id, { title: 'Lead', startedOn: '2019-03', ...checked })
  await role(ana.id, other.id, { title: 'Clerk', endedOn: '2014' })
  await role(ben.id, kiln.id, { title: 'Stoker', startedOn: '2012', endedOn: '2013' })
  await role(ben.id, other.id, { title: 'Buyer', startedOn: '2014' })
  // Whose role there is over and who is no mentor any more.
  const gone = await makeMentor({ mentorSince: null })
  await role(gone.id, kiln.id, { title: 'Guard', endedOn: '2020' })

  expect(await present(kiln.id)).toMatchObject([
    {
      name: 'Ana',
      roles: [
        { title: 'Lead', startedOn: '2019-03', endedOn: null, checked: { how: 'mail', as: 'kiln.example' } },
        { title: 'Gatherer', startedOn: '2015', endedOn: '2018', checked: null },
      ],
    },
  ])
  expect(await former(kiln.id)).toMatchObject([
    { name: 'Ben', company: other.name, title: 'Buyer', roles: [{ title: 'Stoker', startedOn: '2012', endedOn: '2013', checked: null }] },
  ])
  expect((await present(other.id)).map(({ name }) => name)).toEqual(['Ben'])
  expect((await former(other.id)).map(({ name }) => name)).toEqual(['Ana'])
})

test('who works at two companies is there at both, whichever stands under the name', async () => {
  const [kiln, other] = [await makeCompany(`Kiln ${uuid()}`), await makeCompany(`Wren ${uuid()}`)]
  const cleo = await makeMentor({ name: 'Cleo', companyId: other.id, title: 'Trainer' })
  const role = (companyId: string, given: object) => db().role.create({ data: { id: uuid(), memberId: cleo.id, companyId, ...given } })
  await role(kiln.id, { title: 'Stoker', startedOn: '2012', endedOn: '2013' })
  await role(kiln.id, { title: 'Adviser', startedOn: '2018' })
  await role(other.id, { title: 'Trainer', startedOn: '2021' })

  for (const [company, titles] of [
    [kiln, ['Adviser', 'Stoker']],
    [other, ['Trainer']],
  ] as const) {
    const there = await present(company.id)
    expect(there).toMatchObject([{ name: 'Cleo', company: other.name, roles: titles.map((title) => ({ title })) }])
    expect(await former(company.id)).toEqual([])
  }
  expect(await findCompanies([kiln.id, other.id])).toMatchObject([{ mentorCount: 1 }, { mentorCount: 1 }])
  await db().role.updateMany({ where: { memberId: cleo.id, title: 'Adviser' }, data: { endedOn: '2022' } })
  expect(await present(kiln.id)).toEqual([])
  expect(await former(kiln.id)).toMatchObject([{ name: 'Cleo', roles: [{ title: 'Adviser' }, { title: 'Stoker' }] }])
})

test('a company names the first twenty-four of either, and says that there are more', async () => {
  const kiln = await makeCompany(`Kiln ${uuid()}`)
  const many = await Promise.all(Array.from({ length: 49 }, () => makeMentor()))
  const role = (endedOn: string | null) => (mentor: { id: string }) => ({ id: uuid(), memberId: mentor.id, companyId: kiln.id, endedOn })
  await db().role.createMany({ data: [...many.slice(0, 24).map(role(null)), ...many.slice(24).map(role('2020'))] })
  const [there, once] = [await listPresentMentors(kiln.id), await listFormerMentors(kiln.id)]
  expect([there.mentors.length, there.more, once.mentors.length, once.more]).toEqual([24, false, 24, true])
})

const present = async (companyId: string) => (await listPresentMentors(companyId)).mentors
const former = async (companyId: string) => (await listFormerMentors(companyId)).mentors
