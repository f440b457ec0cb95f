import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { Mail } from '#domain/mail/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { enqueue } from '#lib/jobs.ts'
import { seal, unseal } from '#lib/seal.ts'

/** The name of the job, and what its payload is sealed for. */
const MAIL = 'mail'
/** Milliseconds that a mail stays at /dev/mail. */
const KEPT_FOR = 7 * 24 * 60 * 60 * 1000

const Queued = z.object({ id: z.uuid(), sealed: z.string() })

/**
 * Sends a mail once the caller's transaction is committed. Throws where it is none of ours: an address that is two, a code of
 * five digits. It waits sealed, since it opens an account.
 */
export async function enqueueMail(tx: Db, mail: Mail): Promise<void> {
  const sealed = seal(MAIL, JSON.stringify(Mail.parse(mail)))
  // Its Message-ID is made from this id: a mail that has to be sent again can be known for the same.
  await enqueue(tx, MAIL, { id: uuidv7(), sealed })
}

/** What enqueueMail put into the queue. */
export function openMail(payload: unknown): { id: string; mail: Mail } {
  const { id, sealed } = Queued.parse(payload)
  return { id, mail: Mail.parse(JSON.parse(unseal(MAIL, sealed))) }
}

/** Keeps a mail for /dev/mail, once. */
export async function keepMail(mail: { id: string; to: string; subject: string; text: string; html: string }): Promise<void> {
  await db().mail.createMany({ data: [mail], skipDuplicates: true })
}

/** Deletes what /dev/mail has of an address. */
export async function forgetMailsTo(tx: Db, email: string): Promise<void> {
  await tx.mail.deleteMany({ where: { to: email } })
}

/** Deletes what /dev/mail has shown for a week. */
export async function forgetMails(now: Date): Promise<void> {
  await db().mail.deleteMany({ where: { keptAt: { lt: new Date(now.getTime() - KEPT_FOR) } } })
}
