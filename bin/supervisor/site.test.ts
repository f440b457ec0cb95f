import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { isTaken } from './site.ts'

test('A port is taken while somebody listens on it, on the same address or on all', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const PORT = String(typeof address === 'object' && address?.port)
  expect([await isTaken({ PORT }), await isTaken({ PORT, HOST: '127.0.0.1' }), await isTaken({ PORT, HOST: '0.0.0.0' })]).toEqual([
    true,
    true,
    true,
  ])
  server.close()
  await once(server, 'close')
  expect(await isTaken({ PORT: '0' })).toBe(false)
})

test('An address that nobody can have is not taken by anybody', async () => {
  expect(await isTaken({ PORT: '3000', HOST: '192.0.2.1' })).toBe(false)
  expect(await isTaken({ PORT: '70000' })).toBe(false)
})
