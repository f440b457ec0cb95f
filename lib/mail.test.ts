import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { closeMail, sendMail } from '#lib/mail.ts'
import { openSmtp, type SmtpSite } from '#testing/smtp.ts'

const id = '01934b5e-0000-7000-8000-00000000000a'
const mail = {
  ...{ id, from: 'Nest', to: 'ana@example.com', subject: 'Sign in' },
  ...{ text: 'Your code is 012345\n', html: '<p>Your code is 012345</p>' },
}
const refusals: Record<string, Error> = {
  nobody: Object.assign(new Error('5.1.1 nobody is unknown here'), { responseCode: 550 }),
  full: Object.assign(new Error('4.2.2 the mailbox of full is so'), { responseCode: 452 }),
  stranger: Object.assign(new Error('5.7.1 relaying to stranger is denied'), { responseCode: 550 }),
  outside: Object.assign(new Error('relay not permitted'), { responseCode: 550 }),
}
let smtp: SmtpSite

beforeAll(async () => {
  smtp = await openSmtp({ refuse: (to) => refusals[to.split('@')[0] ?? ''] ?? null })
  process.env.SMTP_URL = smtp.url
})

afterAll(async () => {
  closeMail()
  await smtp.close()
})

test('A mail arrives with its text, its HTML and a Message-ID made from its id', async () => {
  await sendMail(mail)
  const [taken] = smtp.mails
  expect(taken?.to).toEqual(['ana@example.com'])
  expect(taken?.from).toBe('no-reply@perch.example')
  expect(taken?.parsed.messageId).toBe(`<${id}@perch.example>`)
  expect(taken?.parsed.from?.text).toBe('"Nest" <no-reply@perch.example>')
  expect(taken?.parsed.subject).toBe('Sign in')
  expect(taken?.parsed.text).toBe('Your code is 012345\n')
  expect(taken?.parsed.html).toBe('<p>Your code is 012345</p>')
  expect(taken?.parsed.headers.get('auto-submitted')).toBe('auto-generated')
})

test('Nothing in it becomes a header or a second address, and no file is read', async () => {
  const before = smtp.mails.length
  const subject = 'Hello\r\nBcc: everybody@example.com\r\nX-Evil: 1\r\n\r\nbody'
  await sendMail({ ...mail, to: 'ana@example.com', subject, html: '<img src="file:///etc/hostname">' })
  const [taken, ...others] = smtp.mails.slice(before)
  expect(others).toEqual([])
  expect(taken?.to).toEqual(['ana@example.com'])
  const names = taken?.parsed.headerLines.map(({ key }) => key).toSorted()
  expect(names).toEqual(['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'])
  expect(taken?.parsed.attachments).toEqual([])
})

test.each([
  ['full', 'EENVELOPE 452 RCPT TO'],
  ['stranger', 'EENVELOPE 550 RCPT TO'],
  ['outside', 'EENVELOPE 550 RCPT TO'],
])('A mail that may be taken later is tried again, and no message of ours has the address (%s)', async (name, reason) => {
  const refused = sendMail({ ...mail, to: `${name}@example.com` })
  await expect(refused).rejects.toThrow(`The mail server did not take it: ${reason}`)
  await expect(refused).rejects.not.toThrow(name)
})

test('A mail to nobody is given up, and the log says so without the address', async () => {
  const before = smtp.mails.length
  const warned = vi.spyOn(log(), 'warn')
  await sendMail({ ...mail, to: 'nobody@example.com' })
  expect(smtp.mails).toHaveLength(before)
  expect(JSON.stringify(warned.mock.calls)).toContain('EENVELOPE 550 RCPT TO')
  expect(JSON.stringify(warned.mock.calls)).not.toContain('nobody')
})
