import { startAnotherSite } from '#e2e/support/another-site.ts'
import { glass, pageKinds } from '#e2e/support/glass.ts'
import { expect, signUp, test } from '#e2e/support/person.ts'
import { whenReady } from '#e2e/support/test.ts'
import { paths } from '#lib/paths.ts'

const STATE = 'x-perch-cache'

test('without its database the site goes on showing what it has, says what it has not, and recovers by itself', async ({
  page,
  request,
  expectComplaint,
}) => {
  test.slow()
  const site = await startAnotherSite()
  try {
    const kept = site.url + paths.question(glass.question)
    const others = [pageKinds['a past AMA'], pageKinds['a mentor'], paths.feed('topics', glass.topic), paths.search('furnace')].map(
      (path) => site.url + path,
    )
    expect((await request.get(kept)).status()).toBe(200)

    await site.stopDatabase()
    // Until the copy is a second old it is as good as any.
    await expect.poll(async () => (await request.get(kept)).headers()[STATE]).toBe('stale')
    await page.goto(kept)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('How do you know that a furnace is ready?')
    for (const other of others) {
      const refused = await request.get(other, { headers: { accept: 'text/html' } })
      expect(refused.status()).toBe(503)
      expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0)
    }
    expectComplaint(/status of 503/)
    await page.goto(others[0] ?? '')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('main')).toContainText(/\w+ \w+ \w+/)
    // The process itself is well, so nothing restarts it.
    expect((await request.get(`${site.url}/healthz`)).status()).toBe(200)

    await site.startDatabase()
    const back = performance.now()
    for (const address of [kept, ...others]) {
      await expect
        .poll(
          async () => {
            const answer = await request.get(address)
            return [answer.status(), answer.headers()[STATE] !== 'stale']
          },
          { timeout: 10_000, intervals: [200] },
        )
        .toEqual([200, true])
    }
    expect(performance.now() - back).toBeLessThan(10_000)
  } finally {
    await site.end()
  }
})

test('while every connection is in use a form says so and keeps what was typed, and other pages say when to come back', async ({
  page,
  newPerson,
  expectComplaint,
}) => {
  test.slow()
  await signUp(page, newPerson('Ada Osei'))
  const site = await startAnotherSite({ DATABASE_POOL: '1' })
  // Cookies know no ports, so she is signed in there as well.
  const request = page.context().request
  try {
    await page.goto(site.url + paths.settingsProfile())
    await whenReady(page)
    await page.getByLabel('About you').fill('Mends things.')
    site.stallDatabase()
    // Whoever has the one connection waits; the others get an answer.
    const first = request.get(site.url + paths.settings(), { timeout: 0 }).catch(() => null)
    const others = await Promise.all(
      [paths.settings(), paths.question(glass.question)].map((path) => request.get(site.url + path, { headers: { accept: 'text/html' } })),
    )
    for (const other of others) {
      expect([other.status(), await other.text()]).toEqual([503, expect.stringContaining('cannot be loaded right now')])
      expect(Number(other.headers()['retry-after'])).toBeGreaterThan(0)
      expect(other.headers()['cache-control']).toContain('no-store')
    }
    const asked = await request.get(site.url + paths.viewer())
    expect([asked.status(), await asked.json()]).toEqual([503, expect.objectContaining({ code: 'unavailable' })])

    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The site is overloaded at this moment')).toBeVisible()
    await expect(page.getByLabel('About you')).toHaveValue('Mends things.')
    site.resumeDatabase()
    await first
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await expect(page.getByLabel('About you')).toHaveValue('Mends things.')
    // The header asks who reads, and may have done so meanwhile.
    expectComplaint(/status of 503.*api\/viewer/)
  } finally {
    await site.end()
  }
})
