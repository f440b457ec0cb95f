import { type ChildProcess, spawn } from 'node:child_process'
import { expect, onTestFinished, test, vi } from 'vitest'
import { enqueueMail } from '#domain/mail/commands.ts'
import { db } from '#lib/db.ts'
import { openSmtp, type SmtpSite } from '#testing/smtp.ts'

/** PERCH_TEST_MAILS=200 for a longer look. */
const MAILS = Number(process.env.PERCH_TEST_MAILS ?? 30)
/** What one worker has under way at most when it is killed. */
const AT_ONCE = 4

test(`Of ${MAILS} mails under way while workers are killed every one arrives, and only those at the server's door twice`, async () => {
  const smtp = await openSmtp({ slowness: 60 })
  onTestFinished(smtp.close)
  for (let i = 0; i < MAILS; i++) {
    await enqueueMail(db(), {
      kind: 'sign-in',
      to: `person-${i}@example.com`,
      props: { code: '012345', link: 'https://perch.example/link' },
    })
  }
  const kills = 3
  for (let kill = 1; kill <= kills; kill++) {
    const worker = startWorkerProcess(smtp)
    await vi.waitUntil(() => different(smtp) >= (MAILS / (kills + 1)) * kill, { timeout: 30_000, interval: 5 })
    worker.kill('SIGKILL')
  }
  const killedAt = Date.now()
  const last = startWorkerProcess(smtp)
  await vi.waitUntil(() => different(smtp) === MAILS, 60_000)
  expect(Date.now() - killedAt).toBeLessThan(60_000)
  await vi.waitUntil(async () => (await waiting()) === 0, 10_000)

  const repeats = smtp.mails.length - MAILS
  expect(new Set(smtp.mails.flatMap(({ to }) => to)).size).toBe(MAILS)
  // What was acknowledged when the worker died, and not yet noted.
  expect(repeats).toBeLessThanOrEqual(AT_ONCE * kills)
  process.stderr.write(
    `${MAILS} mails, ${kills} kills, ${repeats} sent twice, the last arrived ${Date.now() - killedAt} ms after the last kill\n`,
  )

  last.kill('SIGTERM')
  const [code] = await new Promise<unknown[]>((resolve) => last.once('exit', (...how) => resolve(how)))
  expect(code).toBe(0)
}, 180_000)

function startWorkerProcess(smtp: SmtpSite): ChildProcess {
  const env = { ...process.env, SMTP_URL: smtp.url, NODE_ENV: 'production' as const }
  const worker = spawn(process.execPath, ['worker.ts'], { cwd: import.meta.dirname, env, stdio: ['ignore', 'ignore', 'inherit'] })
  onTestFinished(() => void worker.kill('SIGKILL'))
  return worker
}

function different({ mails }: SmtpSite): number {
  return new Set(mails.map(({ parsed }) => parsed.messageId)).size
}

async function waiting(): Promise<number> {
  const [row] = await db().$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM graphile_worker.jobs`
  return Number(row?.n)
}
