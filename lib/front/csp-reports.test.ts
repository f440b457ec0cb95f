import { expect, test } from 'vitest'
import { openSite } from '#testing/front.ts'

const old = JSON.stringify({
  'csp-report': {
    'document-uri': 'http://perch.example/questions/q?after=typed',
    'effective-directive': 'script-src-elem',
    'blocked-uri': 'inline',
    'line-number': 3,
  },
})
const send = { method: 'POST', headers: { 'content-type': 'application/csp-report' } }

test('a browser’s report reaches the log with its page and what was refused, without queries', async () => {
  const site = await openSite((_req, res) => void res.end())
  const answer = await site.ask('/api/csp-reports', { ...send, body: old })
  const reporting = [
    {
      type: 'csp-violation',
      body: { documentURL: 'http://perch.example/amas#x', effectiveDirective: 'img-src', blockedURL: 'http://evil.example/a.png?q=typed' },
    },
  ]
  await site.ask('/api/csp-reports', { ...send, body: JSON.stringify(reporting) })
  expect(answer.status).toBe(204)
  expect(site.logged.map((line) => JSON.parse(line).report)).toEqual([
    { page: 'http://perch.example/questions/q', directive: 'script-src-elem', blocked: 'inline', line: 3 },
    { page: 'http://perch.example/amas', directive: 'img-src', blocked: 'http://evil.example/a.png' },
  ])
})

test('a flood of reports, a huge one and nonsense fill no log', async () => {
  const site = await openSite((_req, res) => void res.end())
  for (let i = 0; i < 150; i++) await site.ask('/api/csp-reports', { ...send, body: old })
  // The minute may have turned once on the way.
  expect(site.logged.length).toBeLessThanOrEqual(20)
  expect(site.logged.length).toBeGreaterThanOrEqual(10)
  const before = site.logged.length
  for (const body of ['not json', '[]', '{"csp-report":7}', `{"csp-report":{"document-uri":"${'a'.repeat(20_000)}"}}`]) {
    expect((await site.ask('/api/csp-reports', { ...send, body })).status).toBe(204)
  }
  expect(site.logged.length).toBe(before)
})

test('a report of long words takes little room in the log', async () => {
  const site = await openSite((_req, res) => void res.end())
  const long = 'x'.repeat(2_000)
  const report = { 'document-uri': long, 'violated-directive': long, 'blocked-uri': long, 'source-file': long }
  await site.ask('/api/csp-reports', { ...send, body: JSON.stringify({ 'csp-report': report }) })
  expect(site.logged).toHaveLength(1)
  expect(site.logged.join('').length).toBeLessThan(1_000)
})
