import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { freePort, type Program, startProgram, startServer } from '#e2e/support/another-site.ts'
import { expect, test } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'
import { freshDatabase } from '#testing/database-template.ts'
import { openSmtp } from '#testing/smtp.ts'

const MAILS = 200
/** One after the other, each when it has sent some. */
const KILLED = ['server', 'worker', 'server', 'worker'] as const
/** What one process has under way at most when it is killed. */
const AT_ONCE = 4

test(`Of ${MAILS} mails under way while servers and workers are killed every one arrives, and mailboxes show each once`, async () => {
  test.slow()
  const smtp = await openSmtp({ slowness: 60 })
  const started: Program[] = []
  try {
    const DATABASE_URL = await freshDatabase(env().DATABASE_URL, 'perch_e2e_mails')
    await promisify(execFile)('env', [`DATABASE_URL=${DATABASE_URL}`, process.execPath, 'e2e/support/enqueue-mails.ts', `${MAILS}`])
    const variables = { DATABASE_URL, SMTP_URL: smtp.url }
    const start = { server: async () => startServer(await freePort(), variables), worker: async () => startProgram('worker.ts', variables) }
    const arrived = () => new Set(smtp.mails.map(({ parsed }) => parsed.messageId)).size

    for (const [i, which] of KILLED.entries()) {
      const program = await start[which]()
      started.push(program)
      const some = (MAILS / (KILLED.length + 1)) * (i + 1)
      await expect.poll(arrived, { intervals: [5], timeout: 60_000 }).toBeGreaterThanOrEqual(some)
      await program.end('SIGKILL')
    }
    started.push(await start.server())
    await expect.poll(arrived, { timeout: 60_000 }).toBe(MAILS)
  } finally {
    await Promise.all(started.map((program) => program.end('SIGKILL')))
    await smtp.close()
  }

  // Who got more than one got the same again, under way in the moment that its sender was killed.
  const idsOf = new Map<string, Set<string | undefined>>()
  for (const { to, parsed } of smtp.mails) {
    for (const address of to) idsOf.set(address, (idsOf.get(address) ?? new Set()).add(parsed.messageId))
  }
  expect(idsOf.size).toBe(MAILS)
  expect([...idsOf.values()].every(({ size }) => size === 1)).toBe(true)
  expect(smtp.mails.length - MAILS).toBeLessThanOrEqual(AT_ONCE * KILLED.length)
})
