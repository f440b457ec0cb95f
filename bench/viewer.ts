import { signIn } from '#bench/forms.ts'
import { type Measured, runLoad } from '#bench/measure.ts'
import { makePeople, PASSWORD } from '#bench/people.ts'
import { cpuMilliseconds, type Server, startServer } from '#bench/processes.ts'
import { paths } from '#lib/paths.ts'

const PER_SECOND = 100
/** Seconds of a round: five hundred answers, of which the p99 is the fifth slowest. */
const SECONDS = 5
const PEOPLE = 20

/**
 * Who reads, asked of the site as pages ask it, and of a bare server that sends the same query for the session; a hundred
 * times a second, by twenty people in turns who signed in to the site with their passwords.
 */
export async function measureViewer(site: Server, database: string, rounds: number): Promise<Map<string, Measured[]>> {
  const people = await makePeople(database, PEOPLE)
  const cookies = await Promise.all(people.map(({ email }) => signIn(site.url, email, PASSWORD)))
  const bare = await startServer('bench/bare-session.ts', [], { DATABASE_URL: database })
  try {
    const tokens = people.map(({ token }) => `token=${token}`)
    const measured = { site: [] as Measured[], bare: [] as Measured[] }
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      measured.site.push(await measure(site, cookies))
      measured.bare.push(await measure(bare, tokens))
    }
    return new Map([
      ['who reads, 100/s: site', measured.site.slice(1)],
      ['who reads, 100/s: bare', measured.bare.slice(1)],
    ])
  } finally {
    await bare.stop()
  }
}

async function measure(server: Server, cookies: string[]): Promise<Measured> {
  const before = cpuMilliseconds(server.pid)
  const headers = cookies.map((cookie) => ({ cookie, accept: 'application/json' }))
  const load = await runLoad({ url: server.url + paths.viewer(), perSecond: PER_SECOND, seconds: SECONDS, headers })
  return { ...load, cpu: (cpuMilliseconds(server.pid) - before) / load.requests }
}
