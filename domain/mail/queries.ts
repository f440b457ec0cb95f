import { db } from '#lib/db.ts'

const SHOWN = 50

/** The mails that were kept instead of being sent, newest first, fifty at most. */
export function newestMails() {
  return db().mail.findMany({ orderBy: [{ keptAt: 'desc' }, { id: 'desc' }], take: SHOWN })
}
