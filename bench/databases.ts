import { existsSync } from 'node:fs'
import { Client } from 'pg'
import { run } from '#bench/processes.ts'
import { env } from '#lib/env.ts'

/**
 * The address of a database with the demo content and so many questions made by demo:scale, beside the site's own on the
 * same server. It stays for the next run; the first one takes half a minute for 100,000 questions.
 */
export async function benchDatabase(questions: number): Promise<string> {
  const name = `perch_bench_${questions}`
  const url = new URL(env().DATABASE_URL)
  url.pathname = `/${name}`
  await withClient(env().DATABASE_URL, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${name}`)
  })
  const variables = { DATABASE_URL: url.href }
  await run('node_modules/prisma/build/index.js', ['migrate', 'deploy'], variables)
  const [is] = await rows<{ questions: number }>(url.href, 'SELECT count(*)::int AS questions FROM (SELECT 1 FROM "Question" LIMIT $1) q', [
    questions,
  ])
  if (!is || is.questions < questions) {
    say(`Filling the database ${name}`)
    if (is?.questions === 0 && existsSync('prisma/seed/seed.ts')) await run('prisma/seed/seed.ts', [], variables)
    await run('cli/demo-scale.ts', ['--questions', `${questions}`, '--alone', '--yes'], variables)
  }
  await run('bench/catch-up.ts', [], variables)
  return url.href
}

/** The rows of one query. */
export function rows<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  return withClient(url, async (client) => (await client.query<Row>(text, values)).rows)
}

/** A line about what goes on, apart from the results. */
export function say(line: string): void {
  console.error(line)
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
