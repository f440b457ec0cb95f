import { expect, test } from 'vitest'
import { safeNext } from '#lib/safe-next.ts'

test.each([
  ['/', '/'],
  ['/questions/how-do-you-start?after=abc#answer-1', '/questions/how-do-you-start?after=abc#answer-1'],
  ['/a/../b', '/b'],
  ['/a?next=//evil.example', '/a?next=//evil.example'],
  ['/@evil.example', '/@evil.example'],
])('%s leads to %s', (given, path) => {
  expect(safeNext(given)).toBe(path)
})

test.each([
  '',
  'questions',
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '//user:pass@evil.example',
  '/ñ',
  '/а',
  ' /',
  'javascript:alert(1)',
  'data:text/html,hi',
  `/${'a'.repeat(1_000)}`,
  undefined,
  null,
  ['/a'],
  7,
])('%j leads nowhere', (given) => {
  expect(safeNext(given)).toBeNull()
})

test('what leads somewhere leads there on this site, whoever reads it', () => {
  for (const given of ['/', '/x', '/%2e%2e/x', '/a//b', '/;//evil.example', '/?//evil.example', '/#//evil.example']) {
    const path = safeNext(given)
    if (path !== null) expect(new URL(path, 'https://perch.example').origin).toBe('https://perch.example')
  }
})
