import { startAnotherSite } from '#e2e/support/another-site.ts'
import { glass, pageKinds } from '#e2e/support/glass.ts'
import { expect, test } from '#e2e/support/test.ts'
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
    const others = [pageKinds['a past AMA'], pageKinds['a mentor'], paths.feed('topics', glass.topic)].map((path) => site.url + path)
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
