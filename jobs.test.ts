import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueueMail } from '#domain/mail/commands.ts'
import type { Mail } from '#domain/mail/rules.ts'
import { db } from '#lib/db.ts'
import { closeMail } from '#lib/mail.ts'
import { openSmtp, type SmtpSite } from '#testing/smtp.ts'
import { jobs } from './jobs.ts'

const MINUTE = 60_000
let smtp: SmtpSite

beforeAll(async () => {
  smtp = await openSmtp()
  process.env.SMTP_URL = smtp.url
})

afterAll(async () => {
  closeMail()
  await smtp.close()
})

test('A mail whose code or link ended while it waited is not sent; what only tells something is', async () => {
  const link = 'https://perch.example/link'
  const code = '012345'
  const ended: Mail[] = [
    { kind: 'sign-in', to: 'sign-in@example.com', props: { code, link } },
    { kind: 'reset-password', to: 'reset@example.com', props: { name: 'Ada', link } },
    { kind: 'change-address', to: 'change@example.com', props: { link } },
    { kind: 'work-mail', to: 'work@example.com', props: { code } },
  ]
  const told: Mail = { kind: 'password-changed', to: 'told@example.com', props: { name: 'Ada' } }
  for (const mail of [...ended, told]) await deliver(mail, 10 * MINUTE)
  expect(smtp.mails.map(({ to }) => to)).toEqual([[told.to]])
  for (const mail of ended) await deliver(mail, MINUTE)
  expect(smtp.mails.slice(1).map(({ to }) => to)).toEqual(ended.map(({ to }) => [to]))
})

/** Does the job of a mail as if it had waited for so many milliseconds. */
async function deliver(mail: Mail, waited: number): Promise<void> {
  await enqueueMail(db(), mail)
  const [job] = await db().$queryRaw<{ payload: object }[]>`SELECT payload FROM graphile_worker._private_jobs ORDER BY id DESC LIMIT 1`
  await jobs.tasks.mail?.({ ...job?.payload, id: uuidv7({ msecs: Date.now() - waited }) })
}
