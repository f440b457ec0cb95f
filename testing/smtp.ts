import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Taken = { from: string; to: string[]; raw: string; parsed: ParsedMail }

export type SmtpSite = {
  url: string
  /** What was acknowledged, in the order of that. */
  mails: Taken[]
  close: () => Promise<void>
}

/**
 * A real SMTP server on this machine, which takes `slowness` milliseconds for each mail, and answers `refuse` with an error
 * where that says so.
 */
export async function openSmtp({
  slowness = 0,
  refuse,
}: {
  slowness?: number
  refuse?: (to: string) => Error | null
} = {}): Promise<SmtpSite> {
  const mails: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      done(refuse?.(address))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString()
        const parsed = await simpleParser(raw)
        await sleep(slowness)
        const { mailFrom, rcptTo } = session.envelope
        mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw, parsed })
        done()
      })
    },
  })
  // A sender that is killed is no fault of the server.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => new Promise((resolve) => server.close(resolve)) }
}
