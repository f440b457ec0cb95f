import { Agent } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { v7 as uuid } from 'uuid'
import { benchDatabase, rows, say } from '#bench/databases.ts'
import { type EventReader, readEvents } from '#bench/event-reader.ts'
import { readPacked } from '#bench/packed.ts'
import { cpuMilliseconds, type Server, startServer } from '#bench/processes.ts'
import { serveSite } from '#bench/serving.ts'
import { fine, table, whole } from '#bench/table.ts'
import { paths } from '#lib/paths.ts'

/** Milliseconds from the publishing of an answer until ninety-nine of a hundred readers have the page with it. */
const P99_AT_MOST = 2_000
const ANSWERS = 20
/** Milliseconds between two answers. */
const EVERY = 1_000

export type LiveReport = {
  readers: number
  answers: number
  /** Readers who got every event once and in order, across the restart. */
  right: number
  /** Pages with the answer that readers got, of those that they asked for before the restart. */
  pages: number
  /** Kilobytes of the server's memory for each reader. */
  memoryPerReader: number
  /** Milliseconds until a reader heard of an answer, and until the page with it was there; while nothing was restarted. */
  heard: { p50: number; p99: number }
  seen: { p50: number; p99: number }
  /** Milliseconds of processor time for one answer to all readers. */
  cpuPerAnswer: number
  holds: boolean
}

/** So many people have the page of a live AMA open, whose server is restarted in the middle of twenty answers. */
export async function measureLive(readers: number): Promise<LiveReport> {
  const database = await benchDatabase(1_000)
  const ama = await makeLiveAma(database)
  const memoryPerReader = await memoryOf(readers)
  let site = await serveSite(database)
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  await pageOf(site, ama.slug, ANSWERS, agent)
  say(`Opening ${readers} streams`)
  const times = new Map<number, number>()
  const heard: number[] = []
  const seen: number[] = []
  const crowd = Array.from({ length: readers }, (_, i) =>
    readEvents({
      port: () => Number(new URL(site.url).port),
      path: paths.amaEvents(ama.slug),
      after: ANSWERS,
      headers: { 'x-forwarded-for': `10.1.${i >> 8}.${i & 255}` },
      heard: async (id) => {
        const published = times.get(id)
        if (published === undefined) return
        heard.push(performance.now() - published)
        // As the page does. One in fifty is looked into; unpacking all would keep this program busier than the site.
        const bytes = await pageOf(site, ama.slug, id, agent).catch(() => null)
        const hasIt = bytes && (i % 50 || gunzipSync(bytes).includes(ama.answers[id - ANSWERS - 1] ?? ''))
        if (hasIt) seen.push(performance.now() - published)
      },
    }),
  )
  try {
    await Promise.all(crowd.map((reader) => reader.until(({ state }) => 'phase' in state)))
    say('Publishing')
    const cpu = cpuMilliseconds(site.pid)
    const half = ANSWERS / 2
    for (let i = 0; i < half; i += 1) {
      // The first readers hear of it before its connection is closed again.
      times.set(ANSWERS + i + 1, performance.now())
      await answer(database, ama, i)
      await pause(EVERY)
    }
    await Promise.all(crowd.map((reader) => reader.until(({ events }) => events.length >= half)))
    await inTime(allOf(seen, readers * half), 10_000)
    const cpuPerAnswer = (cpuMilliseconds(site.pid) - cpu) / half
    say('Restarting in the middle')
    times.clear()
    const restarted = site.stop().then(async () => {
      site = await serveSite(database)
    })
    for (let i = half; i < ANSWERS; i += 1) {
      await answer(database, ama, i)
      await pause(EVERY)
    }
    await restarted
    await inTime(Promise.all(crowd.map((reader) => reader.until(({ events }) => events.length >= ANSWERS))), 60_000)
    const right = crowd.filter((reader) => gotAll(reader)).length
    const [heardIn, seenIn] = [shares(heard), shares(seen)]
    const holds = right === readers && seen.length === readers * half && seenIn.p99 <= P99_AT_MOST
    return { readers, answers: ANSWERS, right, pages: seen.length, memoryPerReader, heard: heardIn, seen: seenIn, cpuPerAnswer, holds }
  } finally {
    for (const reader of crowd) reader.stop()
    agent.destroy()
    await site.stop()
    await rows(database, `UPDATE "Ama" SET "cancelledAt" = now() WHERE id = $1`, [ama.id])
  }
}

export function liveTable({ readers, answers, right, pages, memoryPerReader, heard, seen, cpuPerAnswer }: LiveReport): string {
  return table(
    [`${whole(readers)} readers of a live AMA, ${answers} answers, a restart`, ''],
    [
      ['readers who got every event once and in order', whole(right)],
      [`pages with the answer, of ${whole((readers * answers) / 2)}`, whole(pages)],
      ['KB of heap and buffers for each reader', fine(memoryPerReader)],
      ['ms until a reader hears of an answer, p50', fine(heard.p50)],
      ['p99', fine(heard.p99)],
      [`ms until the page with it is there, p50`, fine(seen.p50)],
      [`p99 (at most ${whole(P99_AT_MOST)})`, fine(seen.p99)],
      ['ms of processor time of the server for each answer', fine(cpuPerAnswer)],
    ],
  )
}

type LiveAma = { id: string; slug: string; mentorId: string; questions: string[]; answers: string[] }

async function makeLiveAma(database: string): Promise<LiveAma> {
  const [id, slug] = [uuid(), `live-${uuid()}`]
  const questions = Array.from({ length: ANSWERS }, () => uuid())
  const answers = Array.from({ length: ANSWERS }, () => uuid())
  const [{ mentorId } = { mentorId: '' }] = await rows<{ mentorId: string }>(
    database,
    `WITH place AS (
       SELECT t.id AS topic, t."communityId" AS community FROM "Topic" t ORDER BY t."questionCount" DESC LIMIT 1
     ), ama AS (
       INSERT INTO "Ama" (id, slug, "communityId", "topicId", "startsAtLocal", "timeZone", "startsAt", "endsAt")
       SELECT $1, $2, community, topic, (now() AT TIME ZONE 'UTC') - interval '10 minutes', 'UTC', now() - interval '10 minutes', now() + interval '50 minutes' FROM place
     ), mentor AS (
       INSERT INTO "AmaMentor" ("amaId", "memberId", position)
       SELECT $1, m.id, 1 FROM "Member" m WHERE m."mentorSince" IS NOT NULL AND m."deletedAt" IS NULL ORDER BY m.id LIMIT 1 RETURNING "memberId"
     ) SELECT "memberId" AS "mentorId" FROM mentor`,
    [id, slug],
  )
  await rows(
    database,
    `INSERT INTO "Question" (id, slug, "communityId", "topicId", "amaId", number, title, "askedAt")
     SELECT q.id, 'live-' || q.id, a."communityId", a."topicId", a.id, q.number, 'What is the thing that you look at first, number ' || q.number || '?', now()
     FROM unnest($2::uuid[]) WITH ORDINALITY q (id, number) JOIN "Ama" a ON a.id = $1`,
    [id, questions],
  )
  return { id, slug, mentorId, questions, answers }
}

async function answer(database: string, { questions, answers, mentorId }: LiveAma, i: number): Promise<void> {
  await rows(
    database,
    `INSERT INTO "Answer" (id, "questionId", "mentorId", body, html, excerpt, "answeredAt")
     VALUES ($1, $2, $3, $4, '<p>' || $4 || '</p>', $4, now())`,
    [answers[i], questions[i], mentorId, 'I look at what surprises those who are new. '.repeat(12).trim()],
  )
}

function gotAll({ events }: EventReader): boolean {
  return events.length === ANSWERS && events.every(({ id, data }, i) => id === ANSWERS + i + 1 && data.kind === 'answered')
}

async function pageOf(site: Server, slug: string, event: number, agent: Agent): Promise<Buffer> {
  const { status, body } = await readPacked(`${site.url}${paths.ama(slug)}?upto=${event}`, agent)
  if (status !== 200) throw new Error(`${status}`)
  return body
}

/** Kilobytes that one more reader takes of a process, of so many who come at once. */
async function memoryOf(readers: number): Promise<number> {
  const { url, stop } = await startServer('bench/bare-streams.ts', [], { LOG_LEVEL: 'error' })
  const used = async () => Number(await (await fetch(`${url}/memory`)).text())
  const open = (i: number) => readEvents({ port: () => Number(new URL(url).port), path: '/', headers: { 'x-forwarded-for': `${i}` } })
  // What only the first one brings is not counted.
  const first = open(0)
  await first.until(({ state }) => 'phase' in state)
  const before = await used()
  const crowd = Array.from({ length: readers }, (_, i) => open(i + 1))
  try {
    await Promise.all(crowd.map((reader) => reader.until(({ state }) => 'phase' in state)))
    return ((await used()) - before) / readers / 1024
  } finally {
    for (const reader of [first, ...crowd]) reader.stop()
    await stop()
  }
}

function shares(times: number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function allOf(list: unknown[], most: number): Promise<void> {
  while (list.length < most) await pause(100)
}

async function inTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  await Promise.race([work, pause(milliseconds)])
}
