import { expect, test } from 'vitest'
import { createLog } from '#lib/log.ts'

test('secrets, addresses and what people typed do not reach the log, wherever they stand in a line', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const hidden = { password: 'p1', token: 'p2', cookie: 'p3', email: 'p4', ip: 'p5', 'set-cookie': 'p6', body: 'p7' }
  log.info({ ...hidden, req: { headers: hidden }, user: hidden, kept: 'seen' }, 'line\r\nforged')
  expect(lines).toHaveLength(1)
  expect(lines.join()).not.toMatch(/p\d/)
  expect(lines.join()).toContain('seen')
  expect(JSON.parse(lines.join()).msg).toBe('line\r\nforged')
})
