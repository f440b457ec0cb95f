import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { writeMail } from '#components/mail/write-mail.ts'
import { Mail } from '#domain/mail/rules.ts'

const to = 'ana@example.com'
const link = 'https://perch.example/sign-in/link?token=a-b_c&next=%2Fsettings'
const code = '012345'
const hostile = 'Eve <img src=x>\r\nBcc: everybody@example.com'
const mails: Mail[] = [
  { kind: 'sign-in', to, props: { code, link } },
  { kind: 'reset-password', to, props: { name: hostile, link } },
  { kind: 'no-account', to, props: { link } },
  { kind: 'change-address', to, props: { link } },
  { kind: 'address-to-change', to, props: { name: hostile } },
  { kind: 'address-changed', to, props: { name: hostile } },
  { kind: 'test', to, props: { name: hostile } },
  { kind: 'password-changed', to, props: { name: hostile } },
  { kind: 'work-mail', to, props: { code } },
  { kind: 'invitation', to, props: { community: hostile, text: hostile, link, never: 'https://perch.example/no-invitations/abc' } },
  { kind: 'way-in-changed', to, props: { name: hostile, change: 'recovery-code-used' } },
  {
    kind: 'notice',
    to,
    props: {
      name: hostile,
      subject: 'An answer',
      what: hostile,
      reason: 'It is spam',
      words: hostile,
      link,
      off: { name: 'Answers', link: 'https://perch.example/unsubscribe/abc', oneClick: 'https://perch.example/api/unsubscribe/abc' },
    },
  },
]

test('Every kind of mail is looked at here', () => {
  expect(mails.map(({ kind }) => kind)).toEqual(Mail.options.map((option) => option.shape.kind.value))
})

describe.each(mails)('The mail "$kind"', (mail) => {
  test('has a subject of one line, and the same in HTML and in text', async () => {
    const { subject, html, text } = await writeMail(mail, 'Nest')
    expect(subject).toMatch(/^[\w ]*Nest[\w ]*$/)
    expect(html).toMatch(/<html[^>]* lang="en"/)
    expect(text.split('\n').every((line) => !/<(p|td|a|table)\b/.test(line))).toBe(true)
    for (const line of text.split('\n').filter((line) => line && !/https:|Eve|Bcc/.test(line))) expect(words(html)).toContain(line)
  })

  test('takes a name for text', async () => {
    const { subject, html } = await writeMail(mail, 'Nest')
    expect(html).not.toContain('<img')
    expect(subject).not.toContain('Eve')
  })

  test('has everything that it is about in both', async () => {
    const { html, text } = await writeMail(mail, 'Nest')
    if ('code' in mail.props) for (const form of [text, words(html)]) expect(form).toContain(code)
    if (!('link' in mail.props)) return expect(html).not.toContain('href')
    expect(text).toContain(` ${link}\n`)
    expect(html).toContain(`href="${link.replaceAll('&', '&amp;')}"`)
  })
})

type Piece = { nodeName: string; value?: string; childNodes?: Piece[] }

function words(html: string): string {
  const texts = ({ value, childNodes = [] }: Piece): string[] => [value ?? '', ...childNodes.flatMap(texts)]
  return texts(parse(html) as Piece).join(' ')
}
