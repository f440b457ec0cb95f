import { v7 as uuid } from 'uuid'
import { openAccount } from '#domain/account/commands.ts'
import { makeMember } from '#domain/member/commands.ts'
import { startSession } from '#domain/session/commands.ts'
import { db } from '#lib/db.ts'

// Makes so many people with an account and a session, and prints the sessions' tokens: node bench/people.ts NUMBER

const now = new Date()
const visit = { viewer: null, now, address: '127.0.0.1', agent: 'bench', carried: null, wanted: null }
const tokens = await db().$transaction(
  async (tx) => {
    const made: string[] = []
    for (let left = Number(process.argv[2]); left > 0; left--) {
      const word = uuid()
      const { id } = await makeMember(tx, `Somebody ${word}`, now)
      await openAccount(tx, { memberId: id, email: `${word}@bench.example` }, now)
      made.push((await startSession(tx, id, visit)).token)
    }
    return made
  },
  { timeout: 120_000 },
)
console.log(JSON.stringify(tokens))
await db().$disconnect()
