import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import pg from 'pg'
import { joinPostgres, type Postgres } from '#bin/supervisor/postgres.ts'
import { type Home, temporaryHome } from '#bin/supervisor/postgres-home.ts'
import { freePort, type Program, startServer } from '#e2e/support/another-site.ts'
import { type BrowserToKill, startBrowser } from '#e2e/support/browser-to-kill.ts'
import { writeMarkdown } from '#e2e/support/person.ts'
import { expect, test } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

test('browser, server and PostgreSQL are killed while Ana writes and publishes: no word is lost, and nothing is there twice', async () => {
  test.slow()
  const site = await startSite()
  try {
    const [first, second] = site.slugs
    let page = await site.open(first)
    const field = () => page.getByLabel('Your answer')

    // Without a network, and killed: what is older than two seconds is there.
    await page.context().setOffline(true)
    await field().pressSequentially('Before the tunnel. ')
    const typed = Date.now()
    while (Date.now() - typed < 2_000) await field().pressSequentially('.')
    await site.killBrowser()
    page = await site.open(first)
    await expect(field()).toHaveValue(/^Before the tunnel\. /)
    await expect(page.getByText('Draft saved.')).toBeVisible()
    await expect.poll(() => site.draft(first)).toMatch(/^Before the tunnel\. /)

    for (const kill of [site.killServer, site.killPostgres, site.killServer, site.killPostgres]) {
      await field().press('End')
      await Promise.all([page.waitForRequest(/\/api\/answer-drafts$/), field().pressSequentially(` More before ${kill.name}.`)])
      await kill()
      // What the page says is saved is what is there, and nobody is asked which of two texts it should be.
      const words = await field().inputValue()
      await expect.poll(() => site.draft(first).catch(() => null), { timeout: 60_000 }).toBe(words)
      await expect(page.getByText('Draft saved.')).toBeVisible()
      await expect(page.getByText('changed somewhere else')).toHaveCount(0)
    }

    for (const [slug, kill] of [
      [first, site.killServer],
      [second, site.killPostgres],
    ] as const) {
      page = await site.open(slug)
      if (slug === second) await field().fill('To the second question.')
      const words = await field().inputValue()
      await Promise.all([
        page.waitForRequest((sent) => sent.method() === 'POST'),
        page.getByRole('button', { name: 'Publish now' }).click(),
      ])
      await kill()
      page = await site.open(slug)
      const publish = page.getByRole('button', { name: 'Publish now' })
      // Before it was written, or after: then there is nothing left to press.
      if (await publish.isVisible()) {
        await expect(field()).toHaveValue(words)
        await publish.click()
        await expect(page.getByText(/^Published\./)).toBeVisible()
      }
      expect(await site.answers(slug)).toEqual([words.trim()])
    }
  } finally {
    await site.end()
  }
})

/** A site on a PostgreSQL of its own, with a mentor in a browser of its own. */
async function startSite() {
  const home = temporaryHome()
  const folder = mkdtempSync(join(tmpdir(), 'perch-browser-'))
  const port = await freePort()
  let postgres: Postgres = await joinPostgres(home)
  const given = () => ({ DATABASE_URL: postgres.url, SITE_URL: `http://localhost:${port}` })
  const run = (...program: string[]) => promisify(execFile)('env', [...Object.entries(given()).map((pair) => pair.join('=')), ...program])
  await run('prisma', 'migrate', 'deploy')
  const { cookie, slugs }: { cookie: string; slugs: [string, string] } = JSON.parse(
    (await run(process.execPath, 'e2e/support/make-answering.ts')).stdout,
  )
  let server: Program = await startServer(port, given())
  let browser: BrowserToKill | null = null

  const killServer = async () => {
    await server.end('SIGKILL')
    server = await startServer(port, given())
  }
  const killPostgres = async () => {
    process.kill(postmasterOf(home), 'SIGKILL')
    const { url, isUp } = postgres
    // Until whoever looks after it has seen that, one would join what is dead.
    await expect.poll(isUp).toBe(false)
    postgres = await joinPostgres(home)
    if (postgres.url === url) return
    await server.end('SIGKILL')
    server = await startServer(port, given())
  }
  const killBrowser = async () => {
    await browser?.kill()
    browser = null
  }
  const open = async (slug: string): Promise<Page> => {
    if (!browser) {
      browser = await startBrowser(folder)
      await writeMarkdown(browser.context)
    }
    const [name = '', value = ''] = cookie.split('=')
    await browser.context.addCookies([{ name, value, url: `http://localhost:${port}` }])
    const page = await browser.context.newPage()
    await page.goto(`http://localhost:${port}${paths.answerQuestion(slug)}`)
    await expect(page.locator('input[name=window]')).not.toHaveValue('')
    return page
  }
  const rows = async (table: 'Answer' | 'AnswerDraft', slug: string): Promise<string[]> => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const text = `SELECT body FROM ${client.escapeIdentifier(table)} WHERE "questionId" = (SELECT id FROM "Question" WHERE slug = $1)`
    const found = await client.query<{ body: string }>(text, [slug]).finally(() => client.end())
    return found.rows.map(({ body }) => body)
  }
  return {
    slugs,
    open,
    killServer,
    killPostgres,
    killBrowser,
    draft: async (slug: string) => (await rows('AnswerDraft', slug))[0] ?? null,
    answers: (slug: string) => rows('Answer', slug),
    end: async () => {
      await killBrowser()
      await server.end('SIGKILL')
      await postgres.release()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function postmasterOf({ folder }: Home): number {
  return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
}
