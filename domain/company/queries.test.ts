import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { listFormerMentors, listPresentMentors } from '#domain/company/queries.ts'
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

  expect(await listPresentMentors(kiln.id)).toMatchObject([
    {
      name: 'Ana',
      roles: [
        { title: 'Lead', startedOn: '2019-03', endedOn: null, checked: { how: 'mail', as: 'kiln.example' } },
        { title: 'Gatherer', startedOn: '2015', endedOn: '2018', checked: null },
      ],
    },
  ])
  expect(await listFormerMentors(kiln.id)).toMatchObject([
    { name: 'Ben', company: other.name, title: 'Buyer', roles: [{ title: 'Stoker', startedOn: '2012', endedOn: '2013', checked: null }] },
  ])
  expect((await listPresentMentors(other.id)).map(({ name }) => name)).toEqual(['Ben'])
  expect((await listFormerMentors(other.id)).map(({ name }) => name)).toEqual(['Ana'])
})
