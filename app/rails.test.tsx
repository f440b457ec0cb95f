import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { search } from '#domain/search/queries.ts'
import { readAsked } from '#domain/search/rules.ts'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'
import AmaPage from './amas/[slug]/page.tsx'
import CommunityPage from './communities/[slug]/page.tsx'
import CompanyPage from './companies/[slug]/page.tsx'
import QuestionPage from './questions/[slug]/page.tsx'
import TopicPage from './topics/[slug]/page.tsx'
import WantedPage from './wanted/page.tsx'

test('a rail without mentors says that nobody is there only where nobody is, and leads to those by name', async () => {
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const [place, thing] = [{ params: of(community.slug) }, { params: of(topic.slug) }]
  expect(await shown(CommunityPage(place))).toContain('No mentor is here yet.')
  expect(await shown(TopicPage(thing))).toContain('No mentor has answered on it yet.')

  const [ada, ben] = [await makeMentor(), await makeMentor()]
  const { slug } = await makeAma({ communityId: community.id, topicId: topic.id }, [ada], new Date('2024-05-31T10:00:00Z'))
  const question = await makeQuestion(community.id, { topicId: topic.id })
  const ama = { params: of(slug), searchParams: Promise.resolve({}) }
  const alone = { params: of(question.slug), searchParams: Promise.resolve({}) }
  await db().communityMentor.createMany({ data: [{ communityId: community.id, memberId: ada.id }], skipDuplicates: true })
  expect(await shown(AmaPage(ama))).toContain('No other mentor is here yet.')

  // From now on nobody is in a list that goes by more than the name.
  await db().communityMentor.createMany({ data: [{ communityId: community.id, memberId: ben.id }], skipDuplicates: true })
  await db().member.updateMany({ where: { id: { in: [ada.id, ben.id] } }, data: { unrankedSince: new Date() } })
  await makeAnswer(question.id, ada.id)
  for (const [name, page] of Object.entries({
    community: await shown(CommunityPage(place)),
    topic: await shown(TopicPage(thing)),
    ama: await shown(AmaPage(ama)),
    question: await shown(QuestionPage(alone)),
  })) {
    expect(page, name).toContain('Nobody is listed here by people helped. All mentors stand by name.')
    expect(page, name).not.toMatch(/No (other )?mentor (is here|has answered)/)
    expect(page, name).toContain(`href="/communities/${community.slug}/mentors"`)
  }
})

test('a list that shows the first of many leads to all of them, and one that shows all leads nowhere', async () => {
  const [small, large] = [await makeCommunity(), await makeCommunity()]
  await db().topic.createMany({ data: Array.from({ length: 61 }, (_, i) => named(`Loom ${i}`, { communityId: large.id })) })
  const topics = `/search?q=community%3A${large.slug}&amp;kind=topics`
  expect(await shown(CommunityPage({ params: of(large.slug) }))).toContain(`href="${topics}"`)
  expect(await shown(CommunityPage({ params: of(small.slug) }))).not.toContain('More topics')
  expect((await search(readAsked(`community:${large.slug}`), 'topics'))?.counts.topics?.count).toBe(61)

  const company = await makeCompany(`Shuttle ${uuid()}`)
  const page = () => shown(CompanyPage({ params: of(company.slug), searchParams: Promise.resolve({}) }))
  const [one, ...others] = await Promise.all(Array.from({ length: 26 }, () => makeMentor()))
  const role = (endedOn: string | null) => (mentor?: { id: string }) => ({
    ...{ id: uuid(), memberId: mentor?.id ?? '' },
    ...{ companyId: company.id, endedOn },
  })
  await db().role.createMany({ data: [role(null)(one), ...others.slice(1).map(role('2020'))] })
  expect(await page()).not.toContain('All who work or worked')
  await db().role.createMany({ data: others.slice(0, 1).map(role('2021')) })
  expect(await page()).toContain(`href="/search?q=company%3A${company.slug}&amp;kind=mentors"`)
  expect((await search(readAsked(`company:${company.slug}`), 'mentors'))?.counts.mentors?.count).toBe(26)

  const wanted = (community: string) => shown(WantedPage({ searchParams: Promise.resolve({ community }) }))
  await db().community.createMany({ data: Array.from({ length: 20 }, (_, i) => named(`Aa ${i}`, {})) })
  const last = await makeCommunity({ name: `Zz ${uuid()}` })
  expect(await wanted(last.slug)).toMatch(new RegExp(`aria-current="page"[^>]*>${last.name}<`))
  expect(await wanted(last.slug)).toMatch(/href="\/communities\?after=[^"]+">More communities</)
})

function named<Also>(name: string, also: Also) {
  const id = uuid()
  return { id, slug: `${name.toLowerCase().replace(' ', '-')}-${id}`, name: `${name} ${id}`, ...also }
}

const of = (slug: string) => Promise.resolve({ slug })

async function shown(page: Promise<ReactNode>): Promise<string> {
  return renderToStaticMarkup(await page)
}
