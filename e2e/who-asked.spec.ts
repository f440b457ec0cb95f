import { existsSync, readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { v4 as uuid, v7 as uuidv7 } from 'uuid'
import { expect, newAddress, type Person, signUp, test } from '#e2e/support/person.ts'
import { db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeTopic } from '#testing/factories.ts'

test('who asked stands nowhere: no page, payload, feed, data, mail, log or archive of another person', async ({
  page,
  browser,
  newPerson,
}) => {
  test.slow()
  const asker = newPerson('Wilhelmina Quist')
  const people = {
    member: newPerson('Ben Okafor'),
    mentor: newPerson('Ursula Brandt'),
    host: newPerson('Hanna Holm'),
    moderator: newPerson('Moritz Vale'),
  }
  const contexts = {
    visitor: await newContext(browser),
    member: await newContext(browser),
    mentor: await newContext(browser),
    host: await newContext(browser),
    moderator: await newContext(browser),
  }
  for (const [who, person] of Object.entries(people)) await signUp(await contexts[who as keyof typeof people].newPage(), person)
  const [mentor, host] = [await memberOf(people.mentor), await memberOf(people.host)]
  const place = await makePlace(mentor.id, host.id, (await memberOf(people.moderator)).id)

  // She asks in a community, in its AMA, a mentor, and where a host looks at it first; one is answered, one is wanted by Ben.
  await signUp(page, asker)
  const ada = await memberOf(asker)
  const asked = []
  for (const where of [
    { topic: place.topic },
    { ama: place.ama },
    { mentor: mentor.handle, community: place.community },
    { community: place.checked },
  ]) {
    asked.push(await ask(page, where, `What is it that nobody may know, number ${asked.length + 1}?`))
  }
  const [first = '', inAma, toMentor = ''] = asked
  const question = await db().question.findUniqueOrThrow({ where: { slug: first } })
  await makeAnswer(question.id, mentor.id)
  const ben = await memberOf(people.member)
  for (const slug of [inAma, toMentor]) {
    const { id } = await db().question.findUniqueOrThrow({ where: { slug } })
    await db().answerRequest.create({ data: { questionId: id, memberId: ben.id } })
  }
  // She wishes for something too, with a question for then; Ben joins, the host is told, and the mentor invited.
  const wish = await askFor(page, place.community)
  const origin = new URL(page.url()).origin
  expect((await contexts.member.request.put(paths.wantedJoins(wish), { headers: { origin } })).status()).toBe(200)
  await db().wanted.update({ where: { slug: wish }, data: { mentorId: mentor.id, invitedAt: new Date(), invitationText: 'Would you?' } })
  const portraitId = uuid()
  await db().member.update({ where: { id: ada.id }, data: { portraitId } })
  const words = [ada.id, ada.handle, asker.name, 'Wilhelmina', portraitId, asker.email]

  // Another one who shows the name is found by the same looking.
  const shown = newPerson('Xaver Oduya')
  const other = await newContext(browser)
  const others = await other.newPage()
  await signUp(others, shown)
  const open = await ask(others, { topic: place.topic }, 'What is it that everybody may know of me?', true)

  await expect.poll(async () => (await contexts.visitor.request.get(paths.question(first))).text()).toContain('1 Answer')
  const seen = new Set<string>()
  // Somebody says that two of these break the rules; the others a moderator finds without.
  const reports = [await reported('question', first), await reported('wanted', wish)]
  await db().report.createMany({ data: reports.map((of) => ({ id: uuidv7(), reportedById: ben.id, reason: 'spam', ...of })) })
  const decided = await decisions([...asked, open], wish)
  const all = [...(await addresses(place, [...asked, open], mentor.handle)), ...addressesOf(wish, place.community), ...decided]
  for (const [who, context] of Object.entries(contexts)) {
    for (const path of all) {
      const texts = await textsOf(context, path)
      for (const text of texts) expectNone(words, text, `${path} for a ${who}`)
      if (texts.join().includes(shown.name)) seen.add(who)
    }
    if (who !== 'visitor') expectNone(words, await archiveOf(context, new URL(page.url()).origin), `the archive of a ${who}`)
  }
  expect([...seen].toSorted(), 'the name that is shown').toEqual(Object.keys(contexts).toSorted())

  await people.host.mail(/A question waits/)
  await people.host.mail(/Enough people want it/)
  const mails = await db().mail.findMany({
    where: { to: { not: asker.email } },
    select: { to: true, subject: true, text: true, html: true },
  })
  expect(mails.length).toBeGreaterThan(3)
  expectNone(words, JSON.stringify(mails), 'mails to others')
  const log = process.env.PERCH_E2E_LOG
  if (log && existsSync(log)) expectNone(words, readFileSync(log, 'utf8'), 'the log')

  // The moderator looks it up for the report, and nowhere else; that it was done is told without a name.
  const desk = await contexts.moderator.newPage()
  await desk.goto(paths.moderated('question', question.id))
  await desk.getByRole('button', { name: 'Look up who asked' }).click()
  await expect(desk.getByText(`By ${asker.name}.`)).toBeVisible()
  await desk.goto(paths.moderationActs())
  await expect(desk.getByRole('link', { name: 'A moderator looked up who asked' })).toBeVisible()
  await expectNowhere(
    words,
    contexts.moderator,
    decided.filter((path) => path !== paths.moderated('question', question.id)),
  )
  for (const context of [...Object.values(contexts), other]) await context.close()
})

function expectNone(words: string[], text: string, where: string): void {
  expect(
    words.filter((word) => text.includes(word)),
    where,
  ).toEqual([])
}

async function expectNowhere(words: string[], context: BrowserContext, addresses: string[]): Promise<void> {
  for (const path of addresses) for (const text of await textsOf(context, path)) expectNone(words, text, path)
}

/** The page, the payload that Next's own links would ask for, and data. */
function textsOf(context: BrowserContext, path: string): Promise<string[]> {
  const kinds: Record<string, string>[] = [{}, { rsc: '1' }, { accept: 'application/json' }]
  return Promise.all(kinds.map(async (headers) => (await context.request.get(path, { headers, maxRedirects: 0 })).text()))
}

async function archiveOf(context: BrowserContext, origin: string): Promise<string> {
  const archive = await context.request.post(paths.archive(), { headers: { origin } })
  expect(archive.status()).toBe(200)
  const files = Object.values(unzipSync(new Uint8Array(await archive.body())))
  return files.map((bytes) => strFromU8(bytes)).join()
}

type Place = Awaited<ReturnType<typeof makePlace>>

/** Every address at which a question can be met, and those that are only its asker's. */
async function addresses(place: Place, asked: string[], mentor: string): Promise<string[]> {
  const sitemap = await db().question.findUniqueOrThrow({ where: { slug: asked[0] }, select: { id: true } })
  return [
    paths.home(),
    ...asked.flatMap((slug) => [paths.question(slug), paths.myQuestion(slug), `${paths.question(slug)}/request`]),
    ...[place.community, place.checked].flatMap((slug) => [
      ...[paths.community(slug), paths.communityQuestions(slug), `${paths.communityQuestions(slug)}?order=newest`],
      ...[
        paths.communityMentors(slug),
        paths.communityAmas(slug),
        paths.feed('communities', slug),
        paths.checking(slug),
        paths.ask({ community: slug }),
      ],
    ]),
    ...[paths.topic(place.topic), paths.feed('topics', place.topic), paths.ama(place.ama), paths.feed('amas', place.ama)],
    ...[
      paths.mentor(mentor),
      paths.member(mentor),
      paths.feed('mentors', mentor),
      paths.ask({ mentor }),
      paths.ask({ topic: place.topic }),
    ],
    ...[
      paths.viewer(),
      paths.settings(),
      paths.myQuestions(),
      '/search?q=nobody',
      '/api/similar?q=what+is+it+that+nobody+may+know',
      '/following',
    ],
    ...[paths.sitemap(), paths.sitemapPart(`questions-${sitemap.id}`)],
  ]
}

/** Where something wanted can be met, also by its hosts and by whom they invite. */
function addressesOf(wish: string, community: string): string[] {
  const own = [paths.ownWanted(wish), paths.hostedWanted(wish), paths.wantedInvitation(wish), paths.hosting(community)]
  return [paths.wantedList(), paths.wantedList(community), paths.wantedThing(wish), ...own]
}

/** Asks for a topic, with a question for then; answers its address. */
async function askFor(page: Page, community: string): Promise<string> {
  await page.goto(paths.newWanted({ community }))
  await page.getByLabel('Which topic, or who?').fill('What nobody may know that I miss')
  await page.getByRole('button', { name: 'Ask for it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You asked for this')
  await page.getByLabel('Your question for then').fill('What is it that I miss, as nobody may know?')
  await page.getByRole('button', { name: 'Add the question' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

async function ask(page: Page, where: Parameters<typeof paths.ask>[0], title: string, showName = false): Promise<string> {
  await page.goto(paths.ask(where))
  await page.getByLabel('Your question').fill(title)
  await expect(page.locator('input[name=seen]')).toHaveValue('on')
  if (showName) await page.getByLabel('Show my name').check()
  await page.getByRole('button', { name: 'Ask it' }).click()
  await expect(page.getByText(/^Asked\./)).toBeVisible()
  return new URL(page.url()).pathname.replace(paths.myQuestion(''), '')
}

/** What a report says that it is about. */
async function reported(thing: 'question' | 'wanted', slug: string) {
  const select = { id: true, communityId: true } as const
  if (thing === 'wanted') {
    const { id, communityId } = await db().wanted.findUniqueOrThrow({ where: { slug }, select })
    return { wantedId: id, communityId }
  }
  const { id, communityId } = await db().question.findUniqueOrThrow({ where: { slug }, select })
  return { questionId: id, communityId }
}

/** Where moderators decide about questions and a wish, reported or not. */
async function decisions(slugs: string[], wish: string): Promise<string[]> {
  const questions = await db().question.findMany({ where: { slug: { in: slugs } }, select: { id: true } })
  const { id } = await db().wanted.findUniqueOrThrow({ where: { slug: wish }, select: { id: true } })
  const things = [...questions.map((question) => ['question', question.id] as const), ['wanted', id] as const]
  const each = things.flatMap(([thing, of]) => [paths.moderated(thing, of), paths.report(thing, of)])
  return [paths.moderation(), paths.moderationActs(), ...each]
}

async function makePlace(mentorId: string, hostId: string, moderatorId: string) {
  const [community, checked] = [await makeCommunity({ wantedThreshold: 2 }), await makeCommunity({ checking: 'all' })]
  const topic = await makeTopic(community.id)
  const mentor = await db().member.update({ where: { id: mentorId }, data: { mentorSince: new Date() } })
  await db().communityMentor.create({ data: { communityId: community.id, memberId: mentorId } })
  for (const { id: communityId } of [community, checked]) {
    const roles = [
      { communityId, memberId: hostId, role: 'host' } as const,
      { communityId, memberId: moderatorId, role: 'moderator' } as const,
    ]
    await db().communityRole.createMany({ data: roles })
  }
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [mentor], new Date(Date.now() + 86_400_000))
  return { community: community.slug, checked: checked.slug, topic: topic.slug, ama: ama.slug }
}

function memberOf({ email }: Person) {
  return db().member.findFirstOrThrow({ where: { account: { email } }, select: { id: true, handle: true } })
}

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ reducedMotion: 'reduce', extraHTTPHeaders: { 'x-forwarded-for': newAddress() } })
}
