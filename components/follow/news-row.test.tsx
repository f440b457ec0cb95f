import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { NewsRow } from './news-row.tsx'

const at = new Date('2026-03-02T03:00:00Z')
const now = new Date('2026-03-02T12:00:00Z')

test('news of an AMA say when in its zone, with a place for the time of who reads', () => {
  const ama = { kind: 'ama', id: 'x', at, slug: 'x', topic: 'Sums', mentors: [], startsAt: at, timeZone: 'America/Los_Angeles' } as const
  const html = renderToStaticMarkup(<NewsRow news={{ ...ama, mentors: [] }} now={now} />)
  expect(html).toContain('March 1, 2026')
  expect(html).toContain('data-readers-time="2026-03-02T03:00:00.000Z"')
})
