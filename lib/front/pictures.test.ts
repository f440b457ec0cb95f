import { expect, test } from 'vitest'
import { openSite, page } from '#testing/front.ts'

test('a picture may be shown by other sites, a page may not be read by them', async () => {
  const site = await openSite((req, res) => {
    const type = req.url?.startsWith('/og/') ? 'image/png' : 'text/html; charset=utf-8'
    res.setHeader('content-type', type)
    res.end(page('Ada'))
  })
  expect((await site.ask('/og/mentors/ada')).headers['cross-origin-resource-policy']).toBe('cross-origin')
  expect((await site.ask('/mentors/ada')).headers['cross-origin-resource-policy']).toBe('same-origin')
})
