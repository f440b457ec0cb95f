import { describe, expect, test } from 'vitest'
import { enqueueMail, forgetMails, keepMail } from '#domain/mail/commands.ts'
import type { Mail } from '#domain/mail/rules.ts'
import { db } from '#lib/db.ts'
import { mailsTo } from '#testing/mails.ts'

const link = 'https://perch.example/sign-in/link?token=abc'
const signIn = (to: string, code = '012345'): Mail => ({ kind: 'sign-in', to, props: { code, link } })
const waiting = () => db().$queryRaw<{ payload: object }[]>`SELECT payload FROM graphile_worker._private_jobs`

describe('A mail', () => {
  test('is kept once the change that sends it is there', async () => {
    await db().$transaction((tx) => enqueueMail(tx, signIn('ana@example.com')))
    const [mail, ...others] = await mailsTo('ana@example.com')
    expect(others).toEqual([])
    expect(mail?.subject).toBe('Sign in to Perch')
    expect(mail?.text).toContain('012345')
    expect(mail?.text).toContain(link)
    expect(await waiting()).toEqual([])
  })

  test('is never sent for a change that was taken back', async () => {
    const change = db().$transaction(async (tx) => {
      await enqueueMail(tx, signIn('ben@example.com'))
      throw new Error('the name is taken')
    })
    await expect(change).rejects.toThrow('the name is taken')
    expect(await mailsTo('ben@example.com')).toEqual([])
  })

  test('says nothing to who copies the database while it waits', async () => {
    await enqueueMail(db(), signIn('cleo@example.com', '987654'))
    const [job] = await waiting()
    expect(job).toBeDefined()
    expect(JSON.stringify(job)).not.toMatch(/cleo|987654|token/)
    expect(await mailsTo('cleo@example.com')).toHaveLength(1)
  })

  test.each([
    'ana@example.com, ben@example.com',
    'ana@example.com\r\nBcc: ben@example.com',
    'ana@example.com\n',
    'Ana <ana@example.com>',
    'ana@ben@example.com',
    '"ana ben"@example.com',
    'ana@example.com\u2028',
    'ana',
    '',
  ])('goes to one address alone: %j is none', async (to) => {
    await expect(enqueueMail(db(), signIn(to))).rejects.toThrow()
    expect(await waiting()).toEqual([])
  })

  test('is kept a week, and once when it is delivered twice', async () => {
    const mail = { id: '01934b5e-0000-7000-8000-000000000000', to: 'dora@example.com', subject: 'Hello', text: 'Hello', html: '<p>Hello' }
    await keepMail(mail)
    await keepMail(mail)
    const day = 24 * 60 * 60 * 1000
    await forgetMails(new Date(Date.now() + 6 * day))
    expect(await mailsTo('dora@example.com')).toHaveLength(1)
    await forgetMails(new Date(Date.now() + 8 * day))
    expect(await mailsTo('dora@example.com')).toEqual([])
  })
})
