import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMail, sendMail } from '#lib/mail.ts'
import { openSmtp, type SmtpSite } from '#testing/smtp.ts'

const id = '01934b5e-0000-7000-8000-00000000000a'
const mail = {
  ...{ id, from: 'Nest', to: 'ana@example.com', subject: 'Sign in' },
  ...{ text: 'Your code is 012345\n', html: '<p>Your code is 012345</p>' },
}
let smtp: SmtpSite

beforeAll(async () => {
  smtp = await openSmtp({ refuse: (to) => (to.startsWith('nobody') ? new Error(`${to} is unknown here`) : null) })
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

test('An address that the server refuses is in no message of ours', async () => {
  const refused = sendMail({ ...mail, to: 'nobody@example.com' })
  await expect(refused).rejects.toThrow('The mail server did not take it: EENVELOPE 550 RCPT TO')
  await expect(refused).rejects.not.toThrow('nobody')
})
