import { enqueueMail } from '#domain/mail/commands.ts'
import { db, disconnect } from '#lib/db.ts'

// Puts mails to person-0@example.com and so on into the queue of DATABASE_URL: node e2e/support/enqueue-mails.ts COUNT

await db().$transaction(async (tx) => {
  for (let i = 0; i < Number(process.argv[2]); i++) {
    const props = { code: '012345', link: 'https://perch.example/link' }
    await enqueueMail(tx, { kind: 'sign-in', to: `person-${i}@example.com`, props })
  }
})
await disconnect()
