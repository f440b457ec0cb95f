import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { finishRequests } from '#lib/front/http-server.ts'
import { ask, openSite } from '#testing/front.ts'

/** Sends bytes as they are and gives back all that comes until the server closes. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}

describe('a request that is not one', () => {
  test.each([
    [
      'two lengths that differ in kind',
      'POST /ask HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /settings HTTP/1.1\r\n\r\n',
      '400',
    ],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n 2\r\nConnection: close\r\n\r\n', '400'],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', '400'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`, '431'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    ['an invented method', 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ])('%s is refused with all headers and reaches nobody', async (_what, bytes, status) => {
    let reached = 0
    const site = await openSite((_req, res) => {
      reached += 1
      res.end()
    })
    const text = await sendRaw(site.port, bytes)
    expect(text.slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    expect(text).toContain('x-content-type-options: nosniff')
    expect(text).toContain("content-security-policy: default-src 'none'")
    expect(reached).toBe(0)
  })
})

describe('the end', () => {
  test('a request under way is answered, idle connections close, new ones are refused', async () => {
    const site = await openSite(async (_req, res) => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      res.end('finished')
    })
    const underWay = site.ask('/settings', { headers: { connection: 'keep-alive' } })
    const idle = connect(site.port, '127.0.0.1')
    const idleClosed = new Promise((resolve) => idle.once('close', resolve))
    await new Promise((resolve) => setTimeout(resolve, 50))
    site.stopBeingReady()
    const finished = finishRequests(site.server)
    await expect(ask(site.port, '/settings')).rejects.toThrow('ECONNREFUSED')
    const answer = await underWay
    expect(answer.text).toBe('finished')
    await finished
    await idleClosed
  })

  test('what does not end is cut off when the grace is over', async () => {
    const site = await openSite((_req, res) => void res.write('and then'))
    const endless = site.ask('/settings')
    const cut = expect(endless).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await finishRequests(site.server, 100)
    await cut
  })
})
