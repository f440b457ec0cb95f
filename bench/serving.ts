import { BENCH_BUILD } from '#bench/build.ts'
import { type Server, startServer } from '#bench/processes.ts'

/**
 * The site itself, one process, on a database of ours. It believes one proxy, so that tries can come from many networks.
 * LIMITS_TIMES raises its limits where one machine stands for many people.
 */
export function serveSite(databaseUrl: string, given: { LIMITS_TIMES?: number } = {}): Promise<Server> {
  const variables = { DATABASE_URL: databaseUrl, PERCH_DIST_DIR: BENCH_BUILD, LOG_LEVEL: 'error', PROXY_HOPS: 1, ...given }
  return startServer('server.ts', [], variables)
}

/** What the page cache said about an answer: hit, miss or stale. Throws when the page is not there. */
export async function cacheState(url: string): Promise<string | null> {
  const response = await fetch(url)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return response.headers.get('x-perch-cache')
}
