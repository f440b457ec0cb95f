import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { missingPage, pageKinds } from '#e2e/support/glass.ts'
import { expect, test } from '#e2e/support/test.ts'

const CHECKER = 'node_modules/vnu-jar/build/dist/vnu.jar'

test('the Nu HTML checker finds no error on any kind of page', async ({ request }, testInfo) => {
  test.slow()
  const folder = testInfo.outputPath()
  await mkdir(folder, { recursive: true })
  const pages = Object.values(pageKinds)
  const answers = await Promise.all([...pages, missingPage].map((path) => request.get(path)))
  // What the server itself says when no page can.
  const refused = await request.delete('/', { headers: { accept: 'text/html' } })
  expect(refused.status()).toBe(405)
  const files = await Promise.all(
    [...answers, refused].map(async (answer, i) => {
      const file = join(folder, `${i}.html`)
      await writeFile(file, await answer.body())
      return file
    }),
  )
  const checked = await promisify(execFile)('java', ['-jar', CHECKER, '--errors-only', '--format', 'json', '--exit-zero-always', ...files])
  const { messages } = JSON.parse(checked.stderr)
  const asked = [...answers, refused].map((answer) => answer.url())
  const errors = messages.map(
    ({ url, message, extract }: Record<string, string>) => `${asked[Number(/(\d+)\.html$/.exec(url ?? '')?.[1])]}: ${message} ${extract}`,
  )
  expect(errors).toEqual([])
})
