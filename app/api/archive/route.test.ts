import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderToStaticMarkup } from 'react-dom/server'
import { v7 as uuid } from 'uuid'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import '../../auth.ts'
import { db } from '#lib/db.ts'
import { portraitFile } from '#lib/paths.ts'
import { keepInBrowser } from '#lib/session.ts'
import { browser } from '#testing/browser.ts'
import { makePerson, visitOf } from '#testing/people.ts'
import DataPage from '../../settings/data/page.tsx'
import { POST } from './route.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))

beforeAll(async () => {
  process.env.UPLOADS_DIR = await mkdtemp(join(tmpdir(), 'perch-uploads-'))
})
afterEach(() => browser.jar.clear())
afterAll(() => rm(process.env.UPLOADS_DIR ?? '', { recursive: true }))

test('whoever gets no archive reads why: the pictures are out of reach, or they asked too often', async () => {
  const ada = await makePerson()
  const { token } = await visitOf(ada)
  await keepInBrowser({ session: { token, expiresAt: new Date(Date.now() + 60_000) } })
  const portraitId = uuid()
  await db().member.update({ where: { id: ada.memberId }, data: { portraitId } })
  // To be read as a file it is in the way, as a bucket that is away.
  const picture = join(process.env.UPLOADS_DIR ?? '', portraitFile(portraitId, 192))
  await mkdir(picture)
  expect(await said(await POST())).toContain('does not answer')
  await rm(picture, { recursive: true })
  const answers = []
  for (let i = 0; i < 5; i++) answers.push(await POST())
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 303])
  expect(await said(answers.at(-1))).toContain('a few times already')
})

/** The alert of the page to which the answer leads. */
async function said(answer: Response | undefined): Promise<string> {
  const { searchParams } = new URL(answer?.headers.get('location') ?? '', 'https://perch.example')
  const page = await DataPage({ searchParams: Promise.resolve(Object.fromEntries(searchParams)) })
  return /role="alert"[^>]*>([^<]*)/.exec(renderToStaticMarkup(page))?.[1] ?? ''
}
