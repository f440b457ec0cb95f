import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import '../../../auth.ts'
import { announceEach } from '#domain/notice/commands.ts'
import { listChoices } from '#domain/notice/queries.ts'
import type { Kind, NoticeEvent } from '#domain/notice/rules.ts'
import { db } from '#lib/db.ts'
import { closeMail } from '#lib/mail.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic } from '#testing/factories.ts'
import { workThrough } from '#testing/mails.ts'
import { makePerson, visitOf } from '#testing/people.ts'
import { openSmtp, type SmtpSite } from '#testing/smtp.ts'
import { POST } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))

let smtp: SmtpSite
beforeAll(async () => {
  smtp = await openSmtp()
  process.env.SMTP_URL = smtp.url
})
afterAll(async () => {
  closeMail()
  await smtp.close()
})

/** A mail of each kind, to somebody who is all that one can be here. */
const events: Record<Kind, (place: Awaited<ReturnType<typeof makePlace>>) => NoticeEvent> = {
  answers: ({ answerId }) => ({ event: 'answered', answerId }),
  questions: ({ questionId }) => ({ event: 'passed-on', questionId }),
  amas: ({ amaId, startsAt }) => ({ event: 'ama-soon', amaId, startsAt }),
  mentor: ({ amaId, memberId }) => ({ event: 'ama-invitation', amaId, memberId }),
  waiting: ({ memberId }) => ({ event: 'questions-wait', memberId, count: 12, day: '2026-03-02' }),
  host: ({ amaId }) => ({ event: 'ama-to-close', amaId }),
  moderator: ({ memberId }) => ({ event: 'reports-wait', memberId, count: 3, day: '2026-03-02' }),
}

async function makePlace() {
  const person = await makePerson()
  const { memberId } = person
  const [community, other] = [await makeCommunity(), await makePerson({ name: 'Mara Lind' })]
  await db().member.update({ where: { id: memberId }, data: { mentorSince: new Date() } })
  await db().communityRole.createMany({
    data: ['host', 'moderator'].map((role) => ({ communityId: community.id, memberId, role })),
  })
  const topic = await makeTopic(community.id)
  const ama = await makeAma({ communityId: community.id, topicId: topic.id }, [], new Date('2026-03-02T17:00:00Z'))
  await db().amaReminder.create({ data: { amaId: ama.id, memberId } })
  const question = await makeQuestion(community.id, { askedById: memberId })
  const answer = await makeAnswer(question.id, other.memberId)
  return { person, memberId, amaId: ama.id, startsAt: ama.startsAt.toISOString(), questionId: question.id, answerId: answer.id }
}

test.each(Object.entries(events))(
  'A mail of the kind "%s" says in its head how a program turns it off, and that does it',
  async (kind, event) => {
    const place = await makePlace()
    const { viewer } = await visitOf(place.person)
    expect(await listChoices(viewer)).toContainEqual([kind, 'mail'])
    await announceEach(db(), [event(place)])
    await workThrough()
    const [taken, ...more] = smtp.mails.filter(({ to }) => to.includes(place.person.email))
    expect(more).toEqual([])
    // As they stand in the mail: mail programs read no other spelling.
    const head = taken?.raw.split('\r\n\r\n')[0]?.replaceAll(/\r\n[ \t]+/g, ' ') ?? ''
    expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    const address = /^List-Unsubscribe: <([^>]+)>$/m.exec(head)?.[1] ?? ''
    const answer = await POST(
      new Request(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      }),
      { params: Promise.resolve({ word: decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? '') }) },
    )
    expect(answer.status).toBe(204)
    expect(await listChoices(viewer)).toContainEqual([kind, 'inbox'])
    // The others stay as they are.
    expect((await listChoices(viewer)).filter(([, level]) => level === 'inbox')).toHaveLength(1)
  },
)
