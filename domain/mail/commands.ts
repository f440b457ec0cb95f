import { v7 as uuidv7 } from 'uuid'
import { Mail } from '#domain/mail/rules.ts'
import type { Db } from '#lib/db.ts'
import { enqueue } from '#lib/jobs.ts'

/** Sends a mail once the caller's transaction is committed. Throws where it is no mail of ours: an address that is two, a code of five digits. */
export async function enqueueMail(tx: Db, mail: Mail): Promise<void> {
  // Its Message-ID is made from this, so that a mail which has to be sent again can be known for the same.
  await enqueue(tx, 'mail', { id: uuidv7(), mail: Mail.parse(mail) })
}
