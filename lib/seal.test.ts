import { expect, test } from 'vitest'
import { seal, unseal } from '#lib/seal.ts'

test('What was sealed is read again, and looks different each time', () => {
  const sealed = seal('letters', 'Ana’s code is 123456')
  expect(unseal('letters', sealed)).toBe('Ana’s code is 123456')
  expect(sealed).not.toBe(seal('letters', 'Ana’s code is 123456'))
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('123456')
})

test('Nobody reads it for another purpose, or after a letter of it was changed', () => {
  const sealed = seal('letters', 'Ana’s code is 123456')
  expect(() => unseal('invoices', sealed)).toThrow()
  for (const place of [0, 20, sealed.length - 3]) {
    const other = sealed[place] === 'A' ? 'B' : 'A'
    expect(() => unseal('letters', sealed.slice(0, place) + other + sealed.slice(place + 1))).toThrow()
  }
  expect(() => unseal('letters', '')).toThrow()
})
