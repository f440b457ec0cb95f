import { expect, test, vi } from 'vitest'
import '../../auth.ts'
import { similarLimits } from '#domain/similar/rules.ts'
import { paths } from '#lib/paths.ts'
import { browser } from '#testing/browser.ts'
import { makeAnswer, makeCommunity, makeMentor, makeQuestion } from '#testing/factories.ts'
import { GET } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))

const ask = (path: string) => GET(new Request(`https://perch.example${path}`))

test('Whoever types a question gets what may answer it already', async () => {
  const { id, slug } = await makeCommunity()
  const question = await makeQuestion(id, { title: 'How do you name a variable that holds two things?' })
  const answer = await makeAnswer(question.id, (await makeMentor()).id, { body: 'Two names, for two variables.' })
  const response = await ask(paths.similar('naming a variable that holds two things', slug))
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual([
    {
      kind: 'answer',
      questionId: question.id,
      answerId: answer.id,
      title: question.title,
      url: paths.answer(question.slug, answer.id),
      passage: 'Two names, for two variables.',
    },
  ])
})

test.each([
  '/api/similar',
  '/api/similar?q=',
  '/api/similar?q=%00%FF%3A*&community=%00',
  '/api/similar?q=a&q=b',
  '/api/similar?q=variables+and+names&community=nowhere',
])('%s: a list, empty or not', async (path) => {
  const response = await ask(path)
  expect(response.status).toBe(200)
  expect(await response.json()).toBeInstanceOf(Array)
})

test('A program that asks too often is told when to come back', async () => {
  browser.headers.set('x-perch-address', '192.0.2.7')
  const times = (similarLimits[0]?.points ?? 0) + 1
  const answers = await Promise.all(Array.from({ length: times }, () => ask('/api/similar?q=x')))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(1)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
})
