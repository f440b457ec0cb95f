import type { BenchPerson } from '#bench/people.ts'
import { openAccount } from '#domain/account/commands.ts'
import { makeMember } from '#domain/member/commands.ts'
import { startSession } from '#domain/session/commands.ts'
import { db, disconnect } from '#lib/db.ts'
import { hashPassword } from '#lib/password.ts'

// Makes people with accounts and prints them: node bench/add-people.ts COUNT PASSWORD

const [, , count = '', password = ''] = process.argv
const now = new Date()
const passwordHash = await hashPassword(password)
const people: BenchPerson[] = []
for (let i = 0; i < Number(count); i++) {
  people.push(
    await db().$transaction(async (tx) => {
      const { id: memberId } = await makeMember(tx, 'Ada Osei', now)
      const email = `${memberId}@bench.example`
      await openAccount(tx, { memberId, email, passwordHash }, now)
      const { token } = await startSession(tx, memberId, {
        viewer: null,
        now,
        address: '',
        agent: 'bench',
        carried: null,
        waitingPress: null,
      })
      return { email, token }
    }),
  )
}
await disconnect()
console.log(JSON.stringify(people))
