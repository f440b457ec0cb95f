import { expect, test } from 'vitest'
import { db } from '#lib/db.ts'
import { makeAnswer, makeCommunity, makeCompany, makeMentor, makeQuestion, makeTopic } from '#testing/factories.ts'

const marksOf = async (questionId: string) => {
  const [row] = await db().$queryRaw<{ marks: string[] }[]>`SELECT marks FROM "QuestionWords" WHERE "questionId" = ${questionId}::uuid`
  return row?.marks.filter((mark) => /^(mentor|company|answered|open)/.test(mark))
}

test('A question is marked by whose answers stand there, those too that were placed there, for as long as they do', async () => {
  const [community, company, later] = [await makeCommunity(), await makeCompany('Placed & Co'), await makeCompany('Later & Co')]
  const [mentor, other] = [await makeMentor(), await makeMentor()]
  const [here, there] = [await makeQuestion(community.id), await makeQuestion(community.id)]
  const answer = await makeAnswer(there.id, mentor.id, { companyId: company.id })
  expect(await marksOf(here.id)).toEqual(['open'])

  const placed = { answerId: answer.id, questionId: here.id, mentorId: mentor.id, line: 'The same point.', placedAt: new Date() }
  await db().answerPlacement.create({ data: placed })
  const marks = ['answered', `mentor ${mentor.id}`, `company ${company.id}`]
  expect(await marksOf(here.id)).toEqual(marks)

  await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: new Date() } })
  expect(await marksOf(here.id)).toEqual(['open'])
  await db().answer.update({ where: { id: answer.id }, data: { hiddenAt: null } })
  expect(await marksOf(here.id)).toEqual(marks)

  await db().answer.update({ where: { id: answer.id }, data: { mentorId: other.id, companyId: later.id } })
  const fresh = ['answered', `mentor ${other.id}`, `company ${later.id}`]
  expect(await marksOf(here.id)).toEqual(fresh)
  expect(await marksOf(there.id)).toEqual(fresh)

  await db().question.update({ where: { id: there.id }, data: { hiddenAt: new Date() } })
  expect(await marksOf(here.id)).toEqual(['open'])
  await db().question.update({ where: { id: there.id }, data: { hiddenAt: null } })
  expect(await marksOf(here.id)).toEqual(fresh)
  await db().answerPlacement.deleteMany({ where: { questionId: here.id } })
  expect(await marksOf(here.id)).toEqual(['open'])
})

test('Answers follow their question to another topic by their marks, and keep their words', async () => {
  const community = await makeCommunity()
  const [question, topic] = [await makeQuestion(community.id), await makeTopic(community.id)]
  const answer = await makeAnswer(question.id, (await makeMentor()).id)
  await db().$executeRaw`UPDATE "AnswerWords" SET words = 'kept' WHERE "answerId" = ${answer.id}::uuid`
  await db().question.update({ where: { id: question.id }, data: { topicId: topic.id } })
  expect(
    await db()
      .$queryRaw`SELECT words::text, ${`topic ${topic.id}`} = ANY(marks) AS there FROM "AnswerWords" WHERE "answerId" = ${answer.id}::uuid`,
  ).toEqual([{ words: "'kept'", there: true }])
})
