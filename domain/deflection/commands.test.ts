import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { noteAnswered } from '#domain/deflection/commands.ts'
import { countSaved } from '#domain/deflection/queries.ts'
import { savedText } from '#domain/deflection/rules.ts'
import { saveDraft } from '#domain/draft/commands.ts'
import { getDraft } from '#domain/draft/queries.ts'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeQuestion, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

test('an answer that says it already is counted for its mentor, once for each reader, and the draft goes', async () => {
  const community = await makeCommunity()
  const [mentor, ada] = [await makeViewer(), await makeViewer()]
  const question = await makeQuestion(community.id)
  const answer = await makeAnswer(question.id, mentor.memberId)
  const place = { kind: 'community', id: community.id } as const
  await saveDraft(ada, { place, version: 0, title: 'What do', details: '', topic: 'title', showName: false }, new Date())
  const { to } = await noteAnswered(ada, { answer: answer.id, place }, visit({ viewer: ada }))
  expect(to).toBe(`/questions/${question.slug}#answer-${answer.id}`)
  expect(await getDraft(ada, place)).toBeNull()
  await noteAnswered(ada, { answer: answer.id }, visit({ viewer: ada, address: '192.0.2.9' }))
  await noteAnswered(null, { answer: answer.id }, visit())
  await noteAnswered(null, { answer: answer.id }, visit())
  await noteAnswered(mentor, { answer: answer.id }, visit({ viewer: mentor }))
  expect(await countSaved(mentor)).toEqual({ people: 2, answers: [{ id: answer.id, title: question.title, url: to, people: 2 }] })
  expect(await countSaved(ada)).toEqual({ people: 0, answers: [] })
  const kept = JSON.stringify(await db().deflection.findMany({ where: { answerId: answer.id } }))
  expect(kept).not.toContain(ada.memberId)
})

test('one that is hidden or gone says nothing', async () => {
  await expect(noteAnswered(null, { answer: uuid() }, visit())).rejects.toMatchObject({ code: 'not_found' })
  const question = await makeQuestion((await makeCommunity()).id)
  const answer = await makeAnswer(question.id, (await makeViewer()).memberId, { hiddenAt: new Date() })
  await expect(noteAnswered(null, { answer: answer.id }, visit())).rejects.toMatchObject({ code: 'not_found' })
})

test.each([
  [0, 0, null],
  [1, 1, 'Your answer saved one person a question.'],
  [12, 1, 'Your answer saved 12 people a question.'],
  [1_200, 3, 'Your answers saved 1,200 people a question.'],
])('%i people, %i answers: %s', (people, answers, text) => {
  expect(savedText(people, answers)).toBe(text)
})
