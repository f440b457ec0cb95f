import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

export type Answered = { status: number; headers: Map<string, string>; body: Buffer }

/**
 * Asks a request handler for a page without a browser or a socket, and waits for the whole answer. The visitor who happened
 * to come first has no part in it: none of their headers go in, and the page is finished even if they leave.
 * Rejects when the handler throws, breaks off, or takes longer than `deadline` milliseconds.
 */
export function askHandler(
  handler: RequestListener,
  address: string,
  headers: Record<string, string>,
  deadline: number,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const wire = collectingSocket(chunks)
    const req = new IncomingMessage(wire)
    Object.assign(req, { method: 'GET', url: address, headers, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 })
    req.push(null)
    const res = new ServerResponse(req)
    res.useChunkedEncodingByDefault = false
    res.sendDate = false
    res.assignSocket(wire)

    const fail = (error: unknown) => {
      clearTimeout(timer)
      reject(error)
      res.destroy()
      // What the handler still does for this answer stops on `close`, which a real socket would bring about.
      res.emit('close')
    }
    const timer = setTimeout(() => fail(new Error(`${address} was not rendered within ${deadline} ms`)), deadline)
    res.once('finish', () => {
      clearTimeout(timer)
      resolve(readAnswer(Buffer.concat(chunks)))
      res.detachSocket(wire)
      res.emit('close')
    })
    wire.once('error', fail)
    wire.once('close', () => fail(new Error(`${address} was broken off`)))
    // A handler may throw at once or later.
    Promise.resolve()
      .then(() => handler(req, res))
      .catch(fail)
  })
}

function collectingSocket(chunks: Buffer[]): Socket {
  const wire = new Duplex({
    // Never full: nobody would tell the response that it may go on.
    highWaterMark: Number.MAX_SAFE_INTEGER,
    read() {},
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  // node:http asks no more of a socket than that it is a stream.
  return wire as Socket
}

function readAnswer(bytes: Buffer): Answered {
  const end = bytes.indexOf('\r\n\r\n')
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return { status: Number(first.split(' ')[1]), headers, body: bytes.subarray(end + 4) }
}
