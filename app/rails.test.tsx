import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { db } from '#lib/db.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'
import AmaPage from './amas/[slug]/page.tsx'
import CommunityPage from './communities/[slug]/page.tsx'
import QuestionPage from './questions/[slug]/page.tsx'
import TopicPage from './topics/[slug]/page.tsx'

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

const of = (slug: string) => Promise.resolve({ slug })

async function shown(page: Promise<ReactNode>): Promise<string> {
  return renderToStaticMarkup(await page)
}
