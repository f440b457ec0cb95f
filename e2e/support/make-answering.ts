import { startSession } from '#domain/session/commands.ts'
import { db, disconnect } from '#lib/db.ts'
import { sessionCookie } from '#lib/sealed-cookie.ts'
import { makeCommunity, makeQuestion } from '#testing/factories.ts'
import { makePerson, visit } from '#testing/people.ts'

// For a test that ends the servers of another database: a mentor who is signed in, and two questions for them. Says so as JSON.

const community = await makeCommunity()
const { memberId } = await makePerson({ name: 'Ana Ruiz' })
await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
await db().communityMentor.create({ data: { communityId: community.id, memberId } })
const [first, second] = [await makeQuestion(community.id), await makeQuestion(community.id)]
const { token } = await startSession(db(), memberId, visit())
process.stdout.write(JSON.stringify({ cookie: await sessionCookie(token), slugs: [first.slug, second.slug] }))
await disconnect()
