import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { FILE_POLICY } from '#lib/front/security-headers.ts'

/** Milliseconds that requests may take to end once the process is told to. */
const GRACE = 20_000

/** A server with the bounds that keep slow, huge and broken requests from holding it up. `common` are headers of every answer, flat. */
export function createHttpServer(listener: RequestListener, common: readonly string[]): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      // Longer than a proxy in front keeps its side open (nginx: 60 s), else it would write into a closed connection.
      keepAliveTimeout: 65_000,
      // The listener refuses a request without Host, with all headers.
      requireHostHeader: false,
    },
    listener,
  )
  keepCount(server)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const status = unreadable[error.code ?? ''] ?? '400 Bad Request'
    const headers = [
      ...common,
      'content-security-policy',
      FILE_POLICY,
      'cache-control',
      'no-store',
      'content-length',
      '0',
      'connection',
      'close',
    ]
    const lines = headers.flatMap((part, i) => (i % 2 ? [] : [`${part}: ${headers[i + 1]}`]))
    socket.end([`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n'))
  })
  return server
}

const unreadable: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/**
 * Stops accepting, and waits until the requests under way are answered; what takes longer than `grace` milliseconds is cut
 * off. To be called on a server made here.
 */
export async function finishRequests(server: Server, grace = GRACE): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  const sweep = setInterval(() => {
    // A connection kept alive turns idle when its answer is out.
    server.closeIdleConnections()
    // One that browsers opened in advance never counts as idle.
    for (const socket of connections.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy()
  }, 50)
  const cut = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

const connections = new WeakMap<Server, Set<Socket>>()

function keepCount(server: Server): void {
  const open = new Set<Socket>()
  connections.set(server, open)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
}
