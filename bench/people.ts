import { run } from '#bench/processes.ts'

/** Somebody with an account. `token` is that of a session, as it stands in the cookie inside its seal. */
export type BenchPerson = { email: string; token: string }

/** Theirs all. */
export const PASSWORD = 'seven herons over wet slate'

/** So many new people in a database that is there for measuring. */
export async function makePeople(database: string, count: number): Promise<BenchPerson[]> {
  return JSON.parse(await run('bench/add-people.ts', [`${count}`, PASSWORD], { DATABASE_URL: database }))
}
