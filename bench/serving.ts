import { BENCH_BUILD } from '#bench/build.ts'
import { type Server, startServer } from '#bench/processes.ts'

/** The site itself, one process, on a database of ours. It believes one proxy, so that tries can come from many networks. */
export function serveSite(databaseUrl: string): Promise<Server> {
  const variables = { DATABASE_URL: databaseUrl, PERCH_DIST_DIR: BENCH_BUILD, LOG_LEVEL: 'error', PROXY_HOPS: 1 }
  return startServer('server.ts', [], variables)
}

/** What the page cache said about an answer: hit, miss or stale. Throws when the page is not there. */
export async function cacheState(url: string): Promise<string | null> {
  const response = await fetch(url)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return response.headers.get('x-perch-cache')
}
