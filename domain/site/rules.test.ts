import { expect, test } from 'vitest'
import { beforeGoingPublic } from '#domain/site/rules.ts'

const left = (given: Parameters<typeof beforeGoingPublic>[0], unguarded: string[] = []) =>
  beforeGoingPublic(given, unguarded)
    .filter(({ done }) => done === false)
    .map(({ name }) => name)

test('A site on this machine alone has everything ahead of it', () => {
  for (const SITE_URL of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://perch.localhost']) {
    expect(left({ PERCH_MODE: 'local', SITE_URL })).toEqual(['An address of its own', 'HTTPS', 'Mail', 'Production mode'])
  }
})

test('A site that has all is told of the backup, which no program here can see', () => {
  const all = { PERCH_MODE: 'production', SITE_URL: 'https://nest.example', SMTP_URL: 'smtp://mail.example' } as const
  expect(left(all)).toEqual([])
  expect(beforeGoingPublic(all, []).filter(({ done }) => done === null)).toHaveLength(1)
  expect(left({ ...all, SITE_URL: 'http://nest.example' })).toEqual(['HTTPS'])
  expect(left(all, ['Ola Berg'])).toEqual(['A passkey or a second step for each admin'])
  expect(beforeGoingPublic(all, ['Ola Berg', 'Noor Vega']).find(({ done }) => done === false)?.how).toContain('Ola Berg, Noor Vega')
})
