import { Client } from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { forgetMarksOf, markAnswer, unmarkAnswer } from '#domain/answer-mark/commands.ts'
import { getOwnMark, listOwnMarks, listSaved, listThankable } from '#domain/answer-mark/queries.ts'
import { setRequest } from '#domain/answer-request/commands.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import type { Viewer } from '#lib/viewer.ts'
import { findDrift } from '#prisma/derived.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

let community: string, mentor: string
beforeAll(async () => {
  community = (await makeCommunity()).id
  mentor = (await makeMentor({ name: 'Mara Lind' })).id
})

const visitOf = (viewer: NonNullable<Viewer>) => ({ ...visit({ viewer }), viewer })
const person = async () => visitOf(await makeViewer())
const answered = async () => {
  const question = await makeQuestion(community)
  return { question, answer: await makeAnswer(question.id, mentor) }
}
const counts = (id: string) => db().answer.findUniqueOrThrow({ where: { id }, select: { helpfulCount: true, thanksCount: true } })

test('an answer is helpful to each person once, and the number says to how many', async () => {
  const [ada, ben, { answer }] = [await person(), await person(), await answered()]
  expect(await markAnswer('helpful', ada, answer.id)).toEqual({ marked: true, marks: 1 })
  expect(await markAnswer('helpful', ada, answer.id)).toEqual({ marked: true, marks: 1 })
  expect(await markAnswer('helpful', ben, answer.id)).toEqual({ marked: true, marks: 2 })
  expect(await unmarkAnswer('helpful', ada, answer.id)).toEqual({ marked: false, marks: 1 })
  expect(await unmarkAnswer('helpful', ada, answer.id)).toEqual({ marked: false, marks: 1 })
  expect(await counts(answer.id)).toEqual({ helpfulCount: 1, thanksCount: 0 })
  expect(await listOwnMarks(ben.viewer, 'helpful', [answer.id])).toEqual({ pressed: [answer.id], own: [], may: [] })
})

test('thanks come from who asked or requested, and what is one’s own cannot be marked', async () => {
  const [ada, { question, answer }] = [await person(), await answered()]
  await expect(markAnswer('thanks', ada, answer.id)).rejects.toThrow('Thanks come from those')
  expect(await listThankable(ada.viewer, question.slug)).toEqual([])
  await setRequest(ada, question.slug)
  expect((await listOwnMarks(ada.viewer, 'thanks', [answer.id])).may).toEqual([answer.id])
  expect(await markAnswer('thanks', ada, answer.id)).toEqual({ marked: true })
  expect(await listThankable(ada.viewer, question.slug)).toEqual([{ id: answer.id, name: 'Mara Lind', thanked: true }])
  expect(await counts(answer.id)).toEqual({ helpfulCount: 0, thanksCount: 1 })

  const own = await makeAnswer(question.id, ada.viewer.memberId)
  for (const kind of ['save', 'helpful', 'thanks'] as const) await expect(markAnswer(kind, ada, own.id)).rejects.toThrow('your own')
  expect(await listOwnMarks(ada.viewer, 'save', [own.id])).toMatchObject({ own: [own.id], may: [] })
})

test('nobody marks what is not there or hidden, while suspended, or signed out', async () => {
  const [ada, { answer }] = [await person(), await answered()]
  await expect(markAnswer('save', visit(), answer.id)).rejects.toThrow('Sign in')
  await expect(markAnswer('save', { ...ada, viewer: { ...ada.viewer, suspendedUntil: new Date() } }, answer.id)).rejects.toThrow(
    'suspended',
  )
  for (const id of ['nothing', '0199aa00-0000-7000-8000-000000000000'])
    await expect(markAnswer('save', ada, id)).rejects.toThrow('not here')
  await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: new Date() } })
  await expect(markAnswer('save', ada, answer.id)).rejects.toThrow('not here')
  expect(await getOwnMark(ada.viewer, 'save', answer.id)).toBeNull()
})

test('what is saved is a list for oneself, the latest first, page by page, without what was hidden since', async () => {
  const ada = await person()
  const ids: string[] = []
  for (let i = 0; i < 23; i++) {
    const { answer } = await answered()
    await markAnswer('save', { ...ada, now: new Date(Date.now() + i) }, answer.id)
    ids.unshift(answer.id)
  }
  await db().answer.update({ where: { id: ids[3] }, data: { hiddenAt: new Date() } })
  const first = await listSaved(ada.viewer)
  const second = await listSaved(ada.viewer, first?.next ?? undefined)
  expect([...(first?.rows ?? []), ...(second?.rows ?? [])].map(({ id }) => id)).toEqual(ids.filter((_, i) => i !== 3))
  expect([first?.rows.length, second?.next]).toEqual([20, null])
  expect((await listSaved((await person()).viewer))?.rows).toEqual([])
})

test('marks go with the account, also of people who mark each other’s answers and leave at once', async () => {
  for (let i = 0; i < 5; i++) {
    const [ada, ben] = [await person(), await person()]
    const question = await makeQuestion(community)
    const [byAda, byBen] = [await makeAnswer(question.id, ada.viewer.memberId), await makeAnswer(question.id, ben.viewer.memberId)]
    await markAnswer('helpful', ada, byBen.id)
    await markAnswer('helpful', ben, byAda.id)
    const leave = ({ viewer }: typeof ada) => deleteAccount(viewer, { written: 'stays', handle: viewer.handle }, visit({ viewer }))
    await Promise.all([leave(ada), leave(ben)])
    expect(await counts(byAda.id)).toEqual({ helpfulCount: 0, thanksCount: 0 })
  }
  const [cora, { answer }] = [await person(), await answered()]
  await markAnswer('helpful', cora, answer.id)
  await db().$transaction((tx) => forgetMarksOf(tx, cora.viewer.memberId))
  expect(await counts(answer.id)).toEqual({ helpfulCount: 0, thanksCount: 0 })
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    expect(await findDrift(client)).toEqual([])
  } finally {
    await client.end()
  }
})
