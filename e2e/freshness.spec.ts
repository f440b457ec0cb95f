import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { v7 as uuid } from 'uuid'
import type { PerchDocument } from '#domain/import/rules.ts'
import { pageKinds } from '#e2e/support/glass.ts'
import { expect, test } from '#e2e/support/test.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

const STATE = 'x-perch-cache'

for (const [kind, path] of Object.entries(pageKinds)) {
  test(`${kind}, asked again within a second, comes from memory`, async ({ request }) => {
    await expect(async () => {
      const start = performance.now()
      const first = await request.get(path)
      const second = await request.get(path)
      expect(performance.now() - start, 'both within a second').toBeLessThan(1_000)
      expect(second.headers()[STATE]).toBe('hit')
      expect(await second.text()).toBe(await first.text())
    }).toPass({ intervals: [0] })
  })
}

test('two seconds after an import the first look at each page shows what it brought', async ({ request }, testInfo) => {
  const name = `harbour-${uuid()}`
  const file = testInfo.outputPath('harbour.json')
  await runImport(file, harbour(name, 'Before the tide turned.'))
  const question = await db().question.findFirstOrThrow({ where: { ama: { slug: name } }, select: { slug: true } })
  const changed = [
    paths.question(question.slug),
    paths.ama(name),
    paths.mentor(name),
    paths.topic(name),
    paths.company(name),
    paths.community(name),
    paths.communityQuestions(name),
    ...(['communities', 'topics', 'mentors', 'amas'] as const).map((kind) => paths.feed(kind, name)),
  ]
  for (const path of changed) expect(await (await request.get(path)).text(), path).toContain('Before the tide turned.')

  await runImport(file, harbour(name, 'After the tide turned.'))
  await sleep(2_000)
  for (const path of changed) {
    const text = await (await request.get(path)).text()
    expect(text, path).toContain('After the tide turned.')
    expect(text, path).not.toContain('Before the tide turned.')
  }
})

test('what is not there is 404 at the first request', async ({ request }) => {
  const slug = `nobody-${uuid()}`
  const missing = [
    paths.community,
    paths.communityAmas,
    paths.communityMentors,
    paths.communityQuestions,
    paths.ama,
    paths.question,
    paths.mentor,
    paths.topic,
    paths.company,
  ]
  const feeds = (['communities', 'topics', 'mentors', 'amas'] as const).map((kind) => paths.feed(kind, slug))
  const pictures = (['amas', 'questions', 'mentors'] as const).map((kind) => paths.picture(kind, slug))
  for (const path of [...missing.map((pathOf) => pathOf(slug)), ...feeds, ...pictures, `/${slug}`]) {
    expect((await request.get(path)).status(), path).toBe(404)
  }
})

test('what moved leads to its new address at the first request, and goes on leading there', async ({ request }) => {
  const now = `now-${uuid()}`
  const community = await makeCommunity()
  const topic = await makeTopic(community.id)
  const company = await makeCompany(`Company ${uuid()}`)
  const mentor = await makeMentor()
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date())
  const question = await makeQuestion(community.id)
  await db().community.update({ where: { id: community.id }, data: { slug: now } })
  await db().topic.update({ where: { id: topic.id }, data: { slug: now } })
  await db().company.update({ where: { id: company.id }, data: { slug: now } })
  await db().member.update({ where: { id: mentor.id }, data: { handle: now } })
  await db().ama.update({ where: { id: ama.id }, data: { slug: now } })
  await db().question.update({ where: { id: question.id }, data: { slug: now } })
  const moved = [
    [paths.community, community.slug],
    [paths.communityAmas, community.slug],
    [paths.communityMentors, community.slug],
    [paths.communityQuestions, community.slug],
    [paths.topic, topic.slug],
    [paths.company, company.slug],
    [paths.mentor, mentor.handle],
    [paths.ama, ama.slug],
    [paths.question, question.slug],
  ] as const
  for (const [pathOf, slug] of moved) {
    for (const time of ['first', 'second']) {
      const answer = await request.get(pathOf(slug), { maxRedirects: 0 })
      expect([answer.status(), answer.headers().location], `${pathOf(slug)}, the ${time} time`).toEqual([308, pathOf(now)])
    }
    expect((await request.get(pathOf(now))).status(), pathOf(now)).toBe(200)
  }
})

/** As somebody does beside the running site. */
async function runImport(file: string, document: PerchDocument): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(document))
  await promisify(execFile)(process.execPath, ['cli/import.ts', file])
}

/** A community of one AMA with one question, answered with these words. */
function harbour(name: string, body: string): PerchDocument {
  return {
    format: 'perch/1',
    communities: [{ slug: name, name }],
    topics: [{ slug: name, name, community: name }],
    people: [{ handle: name, name: 'Nell Bay', company: name, title: 'Pilot', mentor: true, communities: [name] }],
    amas: [
      {
        slug: name,
        mentors: [name],
        topic: name,
        startsAt: '2025-06-01T10:00:00',
        timeZone: 'UTC',
        durationMinutes: 60,
        questions: [
          {
            title: `When do ships leave the harbour ${name}?`,
            answers: [{ by: name, answeredAt: '2025-06-01T10:05:00Z', body, views: 1, company: name, title: 'Pilot' }],
          },
        ],
      },
    ],
  }
}
