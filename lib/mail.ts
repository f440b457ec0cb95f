import { createTransport, type Transporter } from 'nodemailer'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

/**
 * `id` is a UUID: the same mail sent again has the same. `to` is one bare address, `subject` one line, `from` a name. `oneClick`:
 * the address at which a mail program turns such mails off by a POST (RFC 8058).
 */
export type OutgoingMail = { id: string; from: string; to: string; subject: string; text: string; html: string; oneClick?: string }

/** Milliseconds. A server that says nothing for so long is given up; the job tries again later. */
const PATIENCE = 15_000

let transport: Transporter | undefined

/**
 * Hands a mail to the server of SMTP_URL, and resolves when that has taken it, or knows no such recipient: that is logged, and
 * nobody need try again. Rejects with the server's code and without its words, since they name the address and the reason is
 * logged.
 */
export async function sendMail({ id, from, to, subject, text, html, oneClick }: OutgoingMail): Promise<void> {
  const { MAIL_FROM, SITE_URL } = env()
  const host = new URL(SITE_URL).hostname
  transport ??= connect()
  try {
    await transport.sendMail({
      from: MAIL_FROM ?? { name: from, address: `no-reply@${host}` },
      // As an object it is never read as a list of addresses.
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId: `<${id}@${host}>`,
      // Answering machines stay silent.
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(oneClick && { 'List-Unsubscribe': `<${oneClick}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  } catch (error) {
    const refused = error as Refused
    const { code, responseCode, command } = refused
    const reason = [code, responseCode, command].filter(Boolean).join(' ') || 'unknown error'
    if (!isForGood(refused)) throw new Error(`The mail server did not take it: ${reason}`)
    log().warn({ id, reason }, 'a mail is given up: the mail server knows no such recipient')
  }
}

/** Ends the connections to the mail server; the next mail opens new ones. */
export function closeMail(): void {
  transport?.close()
  transport = undefined
}

type Refused = { code?: string; responseCode?: number; command?: string; response?: string }

/** A mailbox that is not there, in so many words (RFC 3463). A bare 550 may be about the sender, which the operator can mend. */
function isForGood({ command, response = '' }: Refused): boolean {
  return command === 'RCPT TO' && /^\d{3}[ -]5\.(1\.([1236]|10)|2\.1)\b/.test(response)
}

function connect(): Transporter {
  return createTransport({
    url: env().SMTP_URL,
    pool: true,
    maxConnections: 2,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
