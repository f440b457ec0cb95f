import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { AnswerNumbersRow } from './insights-parts.tsx'

const at = new Date('2026-03-02T03:00:00Z')
const now = new Date('2026-03-02T12:00:00Z')

test('numbers of an answer say its day in the zone of who gave it', () => {
  const answer = { id: 'x', slug: 'x', title: 'X', answeredAt: at, views: 0, helped: 0, helpful: 0, waiting: 0 }
  expect(renderToStaticMarkup(<AnswerNumbersRow answer={answer} zone="America/Los_Angeles" now={now} />)).toContain('>Mar 1<')
})
