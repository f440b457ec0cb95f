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

test('a picture of an answer is kept no longer than a page, and by nobody where it is one person’s own', async () => {
  const file = '3f2b8c1e-1111-4222-8333-abcdefabcdef-64x48.webp'
  const asked: (string | undefined)[] = []
  const site = await openSite((req, res) => {
    asked.push(req.headers.cookie)
    res.setHeader('content-type', 'image/webp')
    res.end('a picture')
  })
  const headers = { cookie: 'session=hers' }
  expect((await site.ask(`/images/${file}`, { headers })).headers['cache-control']).toBe(
    'public, max-age=0, s-maxage=1, stale-while-revalidate=60',
  )
  const own = () => site.ask(`/api/answer-images/${file}`, { headers })
  expect([await own(), await own()].map((answer) => answer.headers['cache-control'])).toEqual(['private, no-store', 'private, no-store'])
  expect(asked).toEqual([undefined, headers.cookie, headers.cookie])
})
