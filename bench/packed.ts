import { type Agent, get } from 'node:http'

/** Reads a page to its end, packed as browsers ask for it: to unpack it is their work, and not what is measured. */
export function readPacked(address: string, agent: Agent, headers: Record<string, string> = {}): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = get(address, { agent, headers: { ...headers, 'accept-encoding': 'gzip' } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }))
    })
    asked.on('error', reject)
  })
}
