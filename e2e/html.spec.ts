import { missingPage, pageKinds } from '#e2e/support/glass.ts'
import { htmlErrors } from '#e2e/support/nu-checker.ts'
import { expect, test } from '#e2e/support/test.ts'

test('the Nu HTML checker finds no error on any kind of page', async ({ request }, testInfo) => {
  test.slow()
  const answers = await Promise.all([...Object.values(pageKinds), missingPage].map((path) => request.get(path)))
  // What the server itself says when no page can.
  const refused = await request.delete('/', { headers: { accept: 'text/html' } })
  expect(refused.status()).toBe(405)
  const pages = await Promise.all([...answers, refused].map(async (answer) => ({ name: answer.url(), html: await answer.body() })))
  expect(await htmlErrors(pages, testInfo.outputPath())).toEqual([])
})
