import { expect, test } from 'vitest'
import { loadScriptsLate } from '#lib/front/late-scripts.ts'

const script = (name: string, integrity = '') => `<script src="/_next/static/chunks/${name}.js" async=""${integrity} nonce="n1"></script>`
const page = (head: string, body = '') => `<html><head>${head}</head><body><p>Read me</p>${body}</body></html>`

test('scripts of a page are asked for at its end, once each, and not before', () => {
  const html = loadScriptsLate(
    page(`<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/b.js"/>${script('a')}`, script('b')),
    'n1',
  )
  expect(html).not.toContain('<script src=')
  expect(html).not.toContain('preload')
  expect(html).toMatch(
    /<p>Read me<\/p><script nonce="n1">.*\[\["\/_next\/static\/chunks\/a\.js"\],\["\/_next\/static\/chunks\/b\.js"\]\].*<\/script><\/body><\/html>$/,
  )
})

test('a script that comes late is held to its hash like one that comes early', () => {
  const html = loadScriptsLate(page(script('a', ' integrity="sha256-Axx17+vro/8d="') + script('b')), 'n1')
  expect(html).toContain('[["/_next/static/chunks/a.js","sha256-Axx17+vro/8d="],["/_next/static/chunks/b.js"]]')
  expect(html).toContain('s.integrity=u[1]')
})

test('what is no script of Next stays as it is', () => {
  const others =
    '<script nonce="n1">self.x=1</script><script src="/_next/static/chunks/old.js" noModule=""></script><link rel="preload" as="font" href="/f.woff2"/>'
  expect(loadScriptsLate(page(others), 'n1')).toBe(page(others))
  expect(loadScriptsLate(page(script('a'), others), 'n1')).toContain(others)
})

test('data in the page that looks like an end of the body moves nothing', () => {
  const data = '<script type="application/ld+json">{"text":"</body>"}</script>'
  expect(loadScriptsLate(page(script('a'), data), 'n1')).toContain(`${data}<script nonce="n1">`)
})
