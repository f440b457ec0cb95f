import { connect } from 'node:net'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type EventReader, readEvents } from '#bench/event-reader.ts'
import { findFollowedAma } from '#domain/ama-event/queries.ts'
import { db } from '#lib/db.ts'
import { createHttpServer, finishRequests } from '#lib/front/http-server.ts'
import { securityHeaders } from '#lib/front/security-headers.ts'
import { createStreams, type Streams, type StreamsOptions } from '#lib/front/streams.ts'
import { type Listening, listen } from '#lib/listen.ts'
import { createLog } from '#lib/log.ts'
import { paths } from '#lib/paths.ts'
import { makeAma, makeAnswer, makeCommunity, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'
import { ask, SITE_URL } from '#testing/front.ts'
import { createFront } from '../../server.ts'

let place: { communityId: string; topicId: string }
let mara: Awaited<ReturnType<typeof makeMentor>>

beforeAll(async () => {
  const { id: communityId } = await makeCommunity()
  place = { communityId, topicId: (await makeTopic(communityId)).id }
  mara = await makeMentor({ name: 'Mara Lind' })
})

test('Sixty readers get each of twenty answers once and in order, also across a restart in the middle', async () => {
  const { slug, questions } = await amaWith(20)
  let site = await openSite()
  const readers = Array.from({ length: 60 }, () => follow(() => site.port, slug, 20))
  await Promise.all(readers.map((reader) => reader.until(({ opened }) => opened === 1)))
  for (const { id } of questions.slice(0, 10)) await makeAnswer(id, mara.id)
  await readers[0]?.until(({ events }) => events.length >= 5)
  const restarted = site.stop()
  for (const { id } of questions.slice(10, 15)) await makeAnswer(id, mara.id)
  await restarted
  site = await openSite()
  for (const { id } of questions.slice(15)) await makeAnswer(id, mara.id)
  await Promise.all(readers.map((reader) => reader.until(({ events }) => events.length >= 20)))
  const expected = questions.map(({ id }, i) => ({ id: 21 + i, data: { kind: 'answered', question: id, number: i + 1, by: 'Mara Lind' } }))
  for (const { events } of readers) expect(events).toEqual(expected)
  expect(readers.every(({ opened }) => opened === 2)).toBe(true)
}, 60_000)

test('A reader whose connection breaks goes on where it was', async () => {
  const { slug, questions } = await amaWith(3)
  const site = await openSite()
  const reader = follow(() => site.port, slug, 3)
  await reader.until(({ opened }) => opened === 1)
  await makeAnswer(questions[0]?.id ?? '', mara.id)
  await reader.until(({ events }) => events.length === 1)
  reader.breakOff()
  await makeAnswer(questions[1]?.id ?? '', mara.id)
  await reader.until(({ opened, events }) => opened === 2 && events.length === 2)
  expect(reader.events.map(({ id }) => id)).toEqual([4, 5])
})

test('Two servers tell their readers the same, and both how many there are', async () => {
  const { slug, questions } = await amaWith(1)
  const [one, other] = await Promise.all([openSite({ tellEvery: 50 }), openSite({ tellEvery: 50 })])
  const readers = [one, other].flatMap(({ port }) => Array.from({ length: 6 }, () => follow(() => port, slug, 1)))
  await Promise.all(readers.map((reader) => reader.until(({ state }) => state.here === 12)))
  await makeAnswer(questions[0]?.id ?? '', mara.id)
  await Promise.all(readers.map((reader) => reader.until(({ events }) => events.length === 1)))
  for (const reader of readers.slice(6)) reader.stop()
  await readers[0]?.until(({ state }) => state.here === 0)
})

test('Requests are told as numbers, once for those that changed', async () => {
  const { slug, questions } = await amaWith(2)
  const [first] = questions
  const site = await openSite()
  const reader = follow(() => site.port, slug)
  await reader.until(({ state }) => state[`request:${first?.id}`] === 0)
  await db().question.update({ where: { id: first?.id ?? '' }, data: { requestBase: 12 } })
  await reader.until(({ state }) => state[`request:${first?.id}`] === 12)
  expect(reader.events).toEqual([])
})

test('Somebody who comes back after a question was hidden hears that it is gone, and nothing else of it', async () => {
  const { slug, questions } = await amaWith(1)
  const id = questions[0]?.id ?? ''
  const site = await openSite()
  const before = follow(() => site.port, slug, 0)
  await before.until(({ events }) => events.length === 1)
  await db().question.update({ where: { id }, data: { hiddenAt: new Date() } })
  await before.until(({ events }) => events.length === 2)
  const after = follow(() => site.port, slug, 0)
  await after.until(({ events }) => events.length === 1)
  expect(after.events).toEqual([{ id: 2, data: { kind: 'hidden', question: id } }])
  expect(after.state).not.toHaveProperty(`request:${id}`)
})

test('Whoever was away for too long is told to begin anew', async () => {
  const { slug } = await amaWith(1_100)
  const site = await openSite()
  const reader = follow(() => site.port, slug, 3)
  await reader.until(({ others }) => others.includes('behind'))
  expect(reader.events).toEqual([])
})

test('While the database is not heard what happens is found by looking', async () => {
  const { slug, questions } = await amaWith(1)
  const site = await openSite({ deaf: true })
  const reader = follow(() => site.port, slug, 1)
  await reader.until(({ opened }) => opened === 1)
  await makeAnswer(questions[0]?.id ?? '', mara.id)
  await reader.until(({ events }) => events.length === 1)
})

test('The listener hears again after its connection was cut, and says so', async () => {
  const heard: string[] = []
  let beginnings = 0
  let began = () => {}
  const listening = listen({ ama_event: (id) => heard.push(id) && began() }, () => {
    beginnings += 1
    began()
  })
  onTestFinished(() => listening.stop())
  const until = (holds: () => boolean) => new Promise<void>((resolve) => (began = () => holds() && resolve()))
  await until(() => beginnings === 1)
  await Promise.all([
    until(() => beginnings === 2),
    db()
      .$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'perch listener' AND datname = current_database()`,
  ])
  const hearing = until(() => heard.length === 1)
  listening.notify('ama_event', 'an-ama')
  await hearing
  expect(heard).toEqual(['an-ama'])
})

test('An AMA that is not there or not near has no stream, and a network has only so many', async () => {
  const { slug } = await amaWith(1)
  const far = await makeAma(place, [mara], new Date(Date.now() + 24 * 60 * 60_000))
  const site = await openSite({ perNetwork: 2 })
  const get = (path: string) => ask(site.port, path, { headers: { host: 'perch.example' } })
  // The one answer after which a browser does not come back.
  expect((await get(paths.amaEvents('nobody-here'))).status).toBe(204)
  expect((await get(paths.amaEvents(far.slug))).status).toBe(204)
  const readers = [follow(() => site.port, slug), follow(() => site.port, slug)]
  await Promise.all(readers.map((reader) => reader.until(({ opened }) => opened === 1)))
  expect((await get(paths.amaEvents(slug))).status).toBe(429)
})

test('The answer is a stream that nobody keeps, packs or gathers', async () => {
  const { slug } = await amaWith(1)
  const site = await openSite()
  const answer = await fetch(`http://127.0.0.1:${site.port}${paths.amaEvents(slug)}`)
  const { headers } = answer
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(headers.get('cache-control')).toBe('private, no-store, no-transform')
  expect(headers.get('x-accel-buffering')).toBe('no')
  expect(headers.get('content-encoding')).toBeNull()
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  await answer.body?.cancel()
})

test('A reader who does not take what is sent is dropped', async () => {
  let number = 0
  const words = 'w'.repeat(100_000)
  const find: StreamsOptions['find'] = async () => ({
    key: 'much',
    newest: async () => 0,
    after: async () => (slow.readyState === 'open' ? [{ number: ++number, about: null, ends: false, data: { words } }] : []),
    state: async () => ({}),
  })
  const site = await openSite({ find, lookEvery: 1 })
  const slow = connect(site.port, '127.0.0.1')
  onTestFinished(() => void slow.destroy())
  slow.write(`GET ${paths.amaEvents('much')} HTTP/1.1\r\nhost: perch.example\r\n\r\n`)
  await new Promise((resolve) => slow.once('readable', resolve))
  expect(site.streams.size()).toBe(1)
  await expect.poll(() => site.streams.size(), { timeout: 30_000, interval: 20 }).toBe(0)
}, 40_000)

type Site = { port: number; streams: Streams; stop: () => Promise<void> }

/** A server as server.ts makes it, before no pages. `deaf`: nothing tells it that something happened. */
async function openSite(given: Partial<StreamsOptions> & { deaf?: boolean } = {}): Promise<Site> {
  const { deaf, ...options } = given
  const log = createLog('silent', { write: () => {} })
  const common = securityHeaders(SITE_URL)
  const streams = createStreams({ find: findFollowedAma, tell: (line) => listening?.notify('ama_readers', line), log, common, ...options })
  const heard = { ama_event: (id: string) => streams.heard(id), ama_readers: (line: string) => streams.heardOthers(line) }
  const listening: Listening | undefined = deaf ? undefined : listen(heard, () => streams.heard())
  const front = createFront({
    ...{ handler: (_req, res) => void res.writeHead(404).end(), siteUrl: SITE_URL, database: async () => 1 },
    ...{ files: new Set<string>(), inlineScripts: [], publicScript: null, log, streams },
  })
  const server = createHttpServer(front.listener, common)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async () => {
    streams.end()
    await finishRequests(server)
    await listening?.stop()
  }
  onTestFinished(stop)
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, streams, stop }
}

function follow(port: () => number, slug: string, after?: number): EventReader {
  const reader = readEvents({ port, path: paths.amaEvents(slug), after })
  onTestFinished(() => reader.stop())
  return reader
}

/** A live AMA with so many questions, which are its first events. */
async function amaWith(count: number) {
  const ama = await makeAma(place, [mara], new Date(Date.now() - 10 * 60_000))
  const first = await makeQuestion(place.communityId, { amaId: ama.id, number: 1 })
  const others = Array.from({ length: count - 1 }, (_, i) => ({
    ...{ id: crypto.randomUUID(), slug: `asked-${crypto.randomUUID()}`, communityId: place.communityId, amaId: ama.id, number: i + 2 },
    ...{ title: `What is the ${i + 2}th thing?`, askedAt: new Date() },
  }))
  await db().question.createMany({ data: others })
  return { slug: ama.slug, questions: [first, ...others] }
}
