import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AskForCode, ChangePassword, maskedEmail, NewPassword, normalEmail, ProveByCode } from '#domain/account/rules.ts'

test.each([
  ['ana@example.org', 'ana@example.org'],
  ['  Ana.Lima+perch@Example.ORG ', 'ana.lima+perch@example.org'],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['ａｎａ@example.org', 'ana@example.org'],
  // Composed and decomposed are one spelling.
  ['rene\u0301@example.org', 'rené@example.org'],
  ["o'neil@example.org", "o'neil@example.org"],
])('%s is kept as %s', (typed, kept) => {
  expect(normalEmail(typed)).toBe(kept)
})

test.each([
  ['nothing', ''],
  ['no @', 'ana.example.org'],
  ['two @', 'ana@example.org@evil.example'],
  ['a full-width @', 'ana＠example.org'],
  ['a small @ that becomes a second one', 'ana@example.org﹫evil.example'],
  ['a quoted part', '"ana"@example.org'],
  ['a quoted part with an @ in it', '"ana@evil.example"@example.org'],
  ['a line break', 'ana@example.org\r\nBcc: eve@evil.example'],
  ['a zero byte', 'ana\0@example.org'],
  ['a zero-width character', 'an\u200ba@example.org'],
  ['a space', 'an a@example.org'],
  ['a comment', 'ana(me)@example.org'],
  ['two addresses', 'ana@example.org,eve@evil.example'],
  ['a name in front', 'Ana <ana@example.org>'],
  ['a dot at the end of its first part', 'ana.@example.org'],
  ['two dots', 'a..na@example.org'],
  ['no dot in its domain', 'ana@localhost'],
  ['a number for a domain', 'ana@127.0.0.1'],
  ['an address literal', 'ana@[127.0.0.1]'],
  ['a port', 'ana@example.org:25'],
  ['a domain that begins with a hyphen', 'ana@-example.org'],
  ['65 characters before the @', `${'a'.repeat(65)}@example.org`],
  ['255 characters', `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example.org`],
])('an address with %s is refused', (_what, typed) => {
  expect(normalEmail(typed)).toBeNull()
})

test('whatever is typed: what is kept has one @, nothing invisible, and stays the same when it is read again', () => {
  const parts = fc.constantFrom('a', 'Ä', '@', '＠', '.', '"', '\r\n', '\u202e', 'ﬁ', 'İ', 'ß', 'example', 'org', ' ', '\0')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(parts).map((all) => all.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (typed) => {
        const kept = normalEmail(typed)
        if (kept === null) return
        expect(kept).toMatch(/^[^@\s\p{C}"]+@[a-z0-9.-]+$/u)
        expect(kept.length).toBeLessThanOrEqual(254)
        expect(normalEmail(kept)).toBe(kept)
      },
    ),
    { numRuns: 2_000 },
  )
})

test.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['123-456', '123456'],
  ['１２３４５６', '123456'],
])('the code %s is read as %s', (code, read) => {
  expect(ProveByCode.parse({ code })).toEqual({ code: read })
})

test.each(['', '12345', '1234567', '12345a', '-12345'])('%j is no code', (code) => {
  expect(ProveByCode.safeParse({ code }).success).toBe(false)
})

test.each([
  ['seven12', false],
  ['eight123', true],
  ['one long sentence, with spaces at the end  ', true],
  ['пароль о птицах', true],
  ['🐦'.repeat(8), true],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
])('the length of the password %s is fine: %s', (password, fine) => {
  expect(NewPassword.safeParse(password).success).toBe(fine)
})

test('a password is the same however its letters were composed', () => {
  expect(NewPassword.parse('cafe\u0301 au lait')).toBe('café au lait')
  expect(ChangePassword.parse({ current: 'cafe\u0301', password: 'long enough' }).current).toBe('café')
})

test('a way on that leads elsewhere is dropped, and the rest stands', () => {
  expect(AskForCode.parse({ email: 'ana@example.org', next: '//evil.example' })).toEqual({ email: 'ana@example.org', next: null })
  expect(AskForCode.parse({ email: 'ana@example.org' })).toEqual({ email: 'ana@example.org', next: null })
})

test('an address can be told without saying it', () => {
  expect(maskedEmail('ana.lima@example.org')).toBe('a…@example.org')
})
