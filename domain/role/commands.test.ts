import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { giveRole } from '#domain/community-role/commands.ts'
import { acceptInvitation, invite } from '#domain/invitation/commands.ts'
import { listOpenInvitations } from '#domain/invitation/queries.ts'
import { getMentor } from '#domain/member/queries.ts'
import { listNotices } from '#domain/notice/queries.ts'
import { noticeText } from '#domain/notice/rules.ts'
import { acceptRole, addRole, changeRole, checkByLink, checkByMail, proveWorkMail, refuseRole, removeRole } from '#domain/role/commands.ts'
import { listKeptPlaces, listOwnRoles, listWaitingRoles } from '#domain/role/queries.ts'
import { MOST_ROLES } from '#domain/role/rules.ts'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeQuestion } from '#testing/factories.ts'
import { codeTo, mailsTo, makePerson, visitOf } from '#testing/people.ts'
import { untilSomebodyWaits } from '#testing/waiting.ts'

type Visiting = Awaited<ReturnType<typeof visitOf>>

const LINK = 'https://www.kiln.example/team'

/** Somebody who has said a role; its company is nobody else's. */
async function claimant(given: Partial<{ company: string; title: string; from: string; to: string | null }> = {}) {
  const community = await makeCommunity()
  const person = await makePerson()
  const visit = await visitOf(person)
  const said = { company: `Kiln ${uuid()}`, title: 'Kiln Lead', from: '2019', to: null, ...given }
  await addRole(visit.viewer, { ...said, community: undefined }, visit)
  const [role] = await listOwnRoles(visit.viewer)
  if (!role) throw new Error('no role')
  return { community, person, visit, said, role: role.id }
}

async function keeper(communitySlug: string, role: 'host' | 'moderator' = 'moderator') {
  const person = await makePerson()
  await giveRole({ email: person.email, role, community: communitySlug }, new Date())
  return { person, visit: await visitOf(person) }
}

async function waiting(communityId: string): Promise<string> {
  const page = await listWaitingRoles(communityId)
  const [row] = page?.rows ?? []
  if (!row) throw new Error('nothing waits')
  return row.id
}

/** A mentor whose role a keeper has accepted. */
async function accepted(given: Parameters<typeof claimant>[0] = {}) {
  const one = await claimant(given)
  const host = await keeper(one.community.slug)
  await checkByLink(one.visit.viewer, { role: one.role, community: one.community.id, link: LINK }, one.visit)
  await acceptRole(host.visit.viewer, { application: await waiting(one.community.id) }, host.visit)
  return { ...one, host, visit: await visitOf(one.person) }
}

function stored(role: string) {
  return db().role.findUniqueOrThrow({ where: { id: role } })
}

async function told({ viewer }: Visiting, { email }: { email: string }) {
  await mailsTo(email)
  return ((await listNotices(viewer))?.rows ?? []).map((notice) => [noticeText(notice), notice.words])
}

describe('By a work e-mail address', () => {
  const letters = () => `kiln${uuid().replaceAll('-', '')}`

  test('of the company’s domain Ada becomes a mentor at once, and the address is forgotten', async () => {
    const domain = `${letters()}.example`
    const { community, person, visit, role } = await claimant({ company: domain.replace('.example', ' Inc.') })
    const email = `ada@${domain}`
    expect(await checkByMail(visit.viewer, { role, community: community.id, email }, visit)).toMatchObject({ to: expect.any(String) })
    expect(await proveWorkMail(visit.viewer, { role, code: await codeTo(email) }, visit)).toEqual({ to: '/settings/roles?done=checked' })
    const mentor = await getMentor(person.handle)
    expect(mentor).toMatchObject({ title: 'Kiln Lead', communities: [{ community: { slug: community.slug } }] })
    expect(mentor?.roles).toMatchObject([{ checkedHow: 'mail', checkedAs: domain, checkedAt: visit.now }])
    expect(await db().mailProof.count({ where: { email } })).toBe(0)
  })

  test('of a domain that does not say the company a moderator looks at it', async () => {
    const { community, person, visit, role } = await claimant()
    const { visit: moderator } = await keeper(community.slug)
    const email = `ada@${letters()}.example`
    await checkByMail(visit.viewer, { role, community: community.id, email }, visit)
    expect(await proveWorkMail(visit.viewer, { role, code: await codeTo(email) }, visit)).toEqual({
      to: `/settings/roles/${role}?done=waits`,
    })
    expect(await getMentor(person.handle)).toBeNull()
    expect((await listWaitingRoles(community.id))?.rows).toMatchObject([{ how: 'mail', proof: email.replace('ada@', '') }])
    await acceptRole(moderator.viewer, { application: await waiting(community.id) }, moderator)
    expect(await stored(role)).toMatchObject({ checkedHow: 'mail', checkedAs: email.replace('ada@', '') })
    expect(await getMentor(person.handle)).not.toBeNull()
  })

  test('one that everybody can have is refused, with the reason at its field', async () => {
    const { community, visit, role } = await claimant()
    const asked = checkByMail(visit.viewer, { role, community: community.id, email: 'ada@gmail.com' }, visit)
    await expect(asked).rejects.toMatchObject({ code: 'invalid', fields: { email: expect.stringContaining('Everybody') } })
    expect(await mailsTo('ada@gmail.com')).toEqual([])
  })

  test('a wrong code, one of a mail before, and one that is guessed at too often do nothing', async () => {
    const { community, visit, role } = await claimant()
    const [first, second] = [`ada@${letters()}.example`, `ada@${letters()}.example`]
    await checkByMail(visit.viewer, { role, community: community.id, email: first }, visit)
    const early = await codeTo(first)
    await checkByMail(visit.viewer, { role, community: community.id, email: second }, visit)
    const right = await codeTo(second)
    const wrong = [early, '000000', '111111', '222222', '333333', '444444'].filter((code) => code !== right).slice(0, 5)
    for (const code of wrong) await expect(proveWorkMail(visit.viewer, { role, code }, visit)).rejects.toMatchObject({ code: 'invalid' })
    await expect(proveWorkMail(visit.viewer, { role, code: right }, visit)).rejects.toMatchObject({ code: 'invalid' })
    expect(await stored(role)).toMatchObject({ checkedAt: null })
  })

  test('the code signs nobody in, and a code for signing in proves no role', async () => {
    const { community, visit, role } = await claimant()
    const email = `ada@${letters()}.example`
    await checkByMail(visit.viewer, { role, community: community.id, email }, visit)
    const { id } = await db().mailProof.findFirstOrThrow({ where: { email } })
    const { proveByCode, askForCode } = await import('#domain/account/commands.ts')
    const code = await codeTo(email)
    await expect(proveByCode(null, { code }, { ...visit, viewer: null, carried: id })).rejects.toMatchObject({ code: 'invalid' })
    const other = `eve@${letters()}.example`
    await askForCode(null, { email: other, next: null }, visit)
    const signIn = await codeTo(other)
    if (signIn !== code) await expect(proveWorkMail(visit.viewer, { role, code: signIn }, visit)).rejects.toMatchObject({ code: 'invalid' })
    expect(await stored(role)).toMatchObject({ checkedAt: null })
  })
})

describe('By a link', () => {
  test('keepers are told, one accepts, and the applicant is told', async () => {
    const { community, person, visit, role } = await claimant()
    const [host, moderator, eve] = [await keeper(community.slug, 'host'), await keeper(community.slug), await makePerson()]
    await checkByLink(visit.viewer, { role, community: community.id, link: LINK }, visit)
    for (const { email } of [host.person, moderator.person])
      expect(await mailsTo(email)).toMatchObject([
        { kind: 'notice', props: { what: expect.stringContaining('a role waits for your check') } },
      ])
    expect(await mailsTo(eve.email)).toEqual([])
    expect((await listKeptPlaces(moderator.visit.viewer)).map(({ slug }) => slug)).toEqual([community.slug])
    expect(await acceptRole(host.visit.viewer, { application: await waiting(community.id) }, host.visit)).toEqual({
      to: `/communities/${community.slug}/applications?done=accepted`,
    })
    expect(await stored(role)).toMatchObject({ checkedHow: 'link', checkedAs: 'kiln.example' })
    expect(await getMentor(person.handle)).toMatchObject({ title: 'Kiln Lead' })
    expect(await told(visit, person)).toEqual([[`Your role was checked: you are a mentor of ${community.name}.`, null]])
    expect(await listKeptPlaces(moderator.visit.viewer)).toEqual([])
  })

  test('a refusal says why, and something else may be tried', async () => {
    const { community, person, visit, role } = await claimant()
    const { visit: moderator } = await keeper(community.slug)
    await checkByLink(visit.viewer, { role, community: community.id, link: LINK }, visit)
    await refuseRole(moderator.viewer, { application: await waiting(community.id), reason: 'That is another Ada.' }, moderator)
    expect(await told(visit, person)).toEqual([[`Your role could not be checked in ${community.name}.`, 'That is another Ada.']])
    expect(await getMentor(person.handle)).toBeNull()
    await checkByLink(visit.viewer, { role, community: community.id, link: `${LINK}/ada` }, visit)
    expect((await listWaitingRoles(community.id))?.rows).toMatchObject([{ proof: `${LINK}/ada` }])
  })

  test('of two who decide at once one does', async () => {
    const { community, person, visit, role } = await claimant()
    const keepers = await Promise.all([keeper(community.slug), keeper(community.slug)])
    await checkByLink(visit.viewer, { role, community: community.id, link: LINK }, visit)
    const application = await waiting(community.id)
    const tries = await Promise.allSettled(keepers.map((one) => acceptRole(one.visit.viewer, { application }, one.visit)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await told(visit, person)).toHaveLength(1)
  })

  test('of five at once one waits', async () => {
    const { community, visit, role } = await claimant()
    const asked = { role, community: community.id, link: LINK }
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => checkByLink(visit.viewer, asked, visit)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listWaitingRoles(community.id))?.rows).toHaveLength(1)
  })

  test('a host does not decide about the own role', async () => {
    const { community, person, visit, role } = await claimant()
    await giveRole({ email: person.email, role: 'host', community: community.slug }, new Date())
    const host = await visitOf(person)
    const admin = await makePerson()
    await giveRole({ email: admin.email, role: 'admin' }, new Date())
    await checkByLink(visit.viewer, { role, community: community.id, link: LINK }, visit)
    expect(await mailsTo(person.email)).toEqual([])
    const here = expect.stringContaining(community.name)
    expect(await mailsTo(admin.email)).toContainEqual(expect.objectContaining({ props: expect.objectContaining({ what: here }) }))
    const application = await waiting(community.id)
    await expect(acceptRole(host.viewer, { application }, host)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('Over time', () => {
  test('Ada ends a role and has the next one checked; her answer keeps the one held then', async () => {
    const { community, person, visit, said, role, host } = await accepted()
    const { companyId } = await stored(role)
    const question = await makeQuestion(community.id)
    const answer = await makeAnswer(question.id, person.memberId, { companyId, title: said.title })
    await changeRole(visit.viewer, { ...said, role, to: '2024-03' }, visit)
    expect(await stored(role)).toMatchObject({ endedOn: '2024-03', checkedHow: 'link' })
    expect(await getMentor(person.handle)).toMatchObject({ company: null, title: null })
    await addRole(visit.viewer, { company: null, title: 'Director of Glass', from: '2024-04', to: null, community: undefined }, visit)
    // A role is not held by saying so.
    expect(await getMentor(person.handle)).toMatchObject({ title: null, roles: [{ title: 'Director of Glass', checkedAt: null }, {}] })
    const [next] = await listOwnRoles(visit.viewer)
    await checkByLink(visit.viewer, { role: next?.id ?? '', community: community.id, link: LINK }, visit)
    await acceptRole(host.visit.viewer, { application: await waiting(community.id) }, host.visit)
    expect(await getMentor(person.handle)).toMatchObject({ company: null, title: 'Director of Glass' })
    expect(await db().answer.findUniqueOrThrow({ where: { id: answer.id } })).toMatchObject({ companyId, title: 'Kiln Lead' })
  })

  test('with another title it has to be checked again, with other dates it has not', async () => {
    const { person, visit, said, role } = await accepted()
    await changeRole(visit.viewer, { ...said, role, from: '2018-02' }, visit)
    expect(await stored(role)).toMatchObject({ startedOn: '2018-02', checkedHow: 'link' })
    await changeRole(visit.viewer, { ...said, role, title: 'Head of Kilns' }, visit)
    expect(await stored(role)).toMatchObject({ title: 'Head of Kilns', checkedAt: null, checkedHow: null, checkedAs: null })
    expect(await getMentor(person.handle)).toMatchObject({ company: null, title: null })
  })

  test('held again after its end it has to be checked again, with another end it has not', async () => {
    const { person, visit, said, role } = await accepted({ to: '2021' })
    await changeRole(visit.viewer, { ...said, role, to: '2021-05' }, visit)
    expect(await stored(role)).toMatchObject({ endedOn: '2021-05', checkedHow: 'link' })
    await changeRole(visit.viewer, { ...said, role, to: null }, visit)
    expect(await stored(role)).toMatchObject({ endedOn: null, companyId: null, claimedCompany: said.company, checkedAt: null })
    expect(await getMentor(person.handle)).toMatchObject({ company: null, title: null })
  })

  test('what waits is taken back when the role becomes another, or goes', async () => {
    const { community, visit, said, role } = await claimant()
    const { visit: moderator } = await keeper(community.slug)
    await checkByLink(visit.viewer, { role, community: community.id, link: LINK }, visit)
    const application = await waiting(community.id)
    await changeRole(visit.viewer, { ...said, role, company: 'Another Kiln' }, visit)
    await expect(acceptRole(moderator.viewer, { application }, moderator)).rejects.toMatchObject({ code: 'not_found' })
    expect(await stored(role)).toMatchObject({ checkedAt: null })
    await checkByLink(visit.viewer, { role, community: community.id, link: LINK }, visit)
    await removeRole(visit.viewer, { role })
    expect((await listWaitingRoles(community.id))?.rows).toEqual([])
  })

  test('roles of others are not there', async () => {
    const [{ community, role, said }, eve] = [await claimant(), await visitOf(await makePerson())]
    const tries = [
      changeRole(eve.viewer, { ...said, role }, eve),
      removeRole(eve.viewer, { role }),
      checkByLink(eve.viewer, { role, community: community.id, link: LINK }, eve),
      checkByMail(eve.viewer, { role, community: community.id, email: 'eve@kiln.example' }, eve),
    ]
    for (const { status, ...rest } of await Promise.allSettled(tries))
      expect({ status, ...rest }).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } })
  })

  test('nobody says more than so many, also at once', async () => {
    const { visit, person } = await claimant()
    const one = (n: number) => ({ id: uuid(), memberId: person.memberId, title: `Role ${n}`, claimedAt: visit.now })
    await db().role.createMany({ data: Array.from({ length: MOST_ROLES - 2 }, (_, n) => one(n)) })
    const said = { company: null, title: 'One more', from: '2019', to: null, community: undefined }
    const tries = await Promise.allSettled([1, 2, 3].map(() => addRole(visit.viewer, said, visit)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().role.count({ where: { memberId: person.memberId } })).toBe(MOST_ROLES)
  })

  test('nobody makes a company by naming it', async () => {
    const { said, role } = await claimant()
    expect(await stored(role)).toMatchObject({ companyId: null, claimedCompany: said.company })
    expect(await db().company.count({ where: { name: said.company } })).toBe(0)
  })

  test('a company is one, however it is written, and whoever names it at once', async () => {
    const name = `Kiln ${uuid()}`
    const people = await Promise.all([accepted({ company: name }), accepted({ company: name.toLowerCase() }), accepted({ company: name })])
    const roles = await db().role.findMany({ where: { id: { in: people.map(({ role }) => role) } } })
    expect(roles.map(({ claimedCompany }) => claimedCompany)).toEqual([null, null, null])
    expect(new Set(roles.map(({ companyId }) => companyId)).size).toBe(1)
  })
})

describe('An invitation that names a role', () => {
  test('of a host makes Noor a mentor in that role, checked by it', async () => {
    const community = await makeCommunity()
    const { visit: host } = await keeper(community.slug, 'host')
    const company = `Kiln ${uuid()}`
    await invite(host.viewer, { community: community.id, company, title: 'Kiln Lead', next: '/' }, host)
    const [open] = await listOpenInvitations(community.id, host.now)
    const person = await makePerson()
    const noor = await visitOf(person)
    await acceptInvitation(noor.viewer, { word: open?.word ?? '' }, noor)
    const mentor = await getMentor(person.handle)
    expect(mentor).toMatchObject({ company: { name: company }, title: 'Kiln Lead' })
    expect(mentor?.roles).toMatchObject([{ checkedHow: 'invitation', checkedAs: null, checkedAt: noor.now }])
  })

  test('checks the role that Noor has said already', async () => {
    const { community, person, visit, said, role } = await claimant()
    const { visit: host } = await keeper(community.slug, 'host')
    await invite(host.viewer, { community: community.id, company: said.company, title: said.title, next: '/' }, host)
    const [open] = await listOpenInvitations(community.id, host.now)
    await acceptInvitation(visit.viewer, { word: open?.word ?? '' }, visit)
    expect((await getMentor(person.handle))?.roles).toMatchObject([{ id: role, checkedHow: 'invitation' }])
  })

  test('checks no role that Noor makes another of at the same moment', async () => {
    const { community, visit, said, role } = await claimant()
    const { visit: host } = await keeper(community.slug, 'host')
    await invite(host.viewer, { community: community.id, company: said.company, title: said.title, next: '/' }, host)
    const [open] = await listOpenInvitations(community.id, host.now)
    const accepting = await db().$transaction(
      async (tx) => {
        await tx.role.update({ where: { id: role }, data: { claimedCompany: 'Another Kiln' } })
        // It finds the role as it was, and waits for this one.
        const accepting = acceptInvitation(visit.viewer, { word: open?.word ?? '' }, visit)
        await untilSomebodyWaits(tx)
        return { accepting }
      },
      { timeout: 60_000 },
    )
    await accepting.accepting
    expect(await stored(role)).toMatchObject({ claimedCompany: 'Another Kiln', checkedAt: null })
    const checked = await db().role.findMany({
      where: { memberId: visit.viewer.memberId, checkedAt: { not: null } },
      include: { company: true },
    })
    expect(checked).toMatchObject([{ title: said.title, company: { name: said.company }, checkedHow: 'invitation' }])
  })
})
