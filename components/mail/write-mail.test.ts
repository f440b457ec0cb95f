import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { writeMail } from '#components/mail/write-mail.ts'
import { Mail } from '#domain/mail/rules.ts'

const to = 'ana@example.com'
const proof = { code: '012345', link: 'https://perch.example/sign-in/link?token=a-b_c&next=%2Fsettings' }
const hostile = 'Eve <img src=x>\r\nBcc: everybody@example.com'
const mails: Mail[] = [
  { kind: 'sign-in', to, props: proof },
  { kind: 'reset-password', to, props: { ...proof, name: hostile } },
  { kind: 'change-address', to, props: { ...proof, name: hostile } },
  { kind: 'address-changed', to, props: { name: hostile } },
  { kind: 'password-changed', to, props: { name: hostile } },
]

test('Every kind of mail is looked at here', () => {
  expect(mails.map(({ kind }) => kind)).toEqual(Mail.options.map((option) => option.shape.kind.value))
})

describe.each(mails)('The mail "$kind"', (mail) => {
  test('has a subject of one line, and the same in HTML and in text', async () => {
    const { subject, html, text } = await writeMail(mail)
    expect(subject).toMatch(/^[\w ]*Perch[\w ]*$/)
    expect(html).toMatch(/<html[^>]* lang="en"/)
    expect(text.split('\n').every((line) => !/<(p|td|a|table)\b/.test(line))).toBe(true)
    for (const line of text.split('\n').filter((line) => line && !/https:|Eve|Bcc/.test(line))) expect(words(html)).toContain(line)
  })

  test('takes a name for text', async () => {
    const { subject, html } = await writeMail(mail)
    expect(html).not.toContain('<img')
    expect(subject).not.toContain('Eve')
  })

  test.runIf('code' in mail.props)('has the code and the link in both, and says how long they are good', async () => {
    const { html, text } = await writeMail(mail)
    for (const form of [text, words(html)]) expect(form).toContain(proof.code)
    expect(text).toContain(` ${proof.link}\n`)
    expect(html).toContain(`href="${proof.link.replaceAll('&', '&amp;')}"`)
    expect(text).toContain('ten minutes')
  })
})

type Piece = { nodeName: string; value?: string; childNodes?: Piece[] }

function words(html: string): string {
  const texts = ({ value, childNodes = [] }: Piece): string[] => [value ?? '', ...childNodes.flatMap(texts)]
  return texts(parse(html) as Piece).join(' ')
}
