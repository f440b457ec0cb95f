import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { packPublicScript } from '#lib/front/pack-public-script.ts'
import { publicScriptOf, withPublicScript } from '#lib/front/public-script.ts'

const own = { src: '/_next/static/public-page/public-page-1.js', integrity: 'sha256-x' }
const TAG = '<script type="module" src="/_next/static/public-page/public-page-1.js" integrity="sha256-x"></script>'
const page = (head: string, body = '') => `<html><head>${head}</head><body><p>Read me</p>${body}</body></html>`

test('A public page carries our script in place of all that Next would run on it', () => {
  const html = withPublicScript(
    page(
      '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/b.js"/>' +
        '<script src="/_next/static/chunks/a.js" async="" nonce="mark1"></script><script src="/old.js" noModule="" nonce="mark1"></script>',
      '<script nonce="mark1">self.__next_f.push([1,"two\nlines of mark1"])</script><script src="/b.js" id="_R_" nonce="mark1" async=""></script>',
    ),
    'mark1',
    own,
  )
  expect(html).toBe(page(TAG))
})

test('What is no script of Next stays as it is', () => {
  const others =
    '<script>theme()</script><script nonce="planted">self.x=1</script><link rel="preload" as="font" href="/f.woff2"/><link rel="stylesheet" href="/a.css"/>'
  const data = '<script type="application/ld+json">{"text":"</head> $& nonce"}</script>'
  expect(withPublicScript(page(others, data), 'mark1', own)).toBe(page(others + TAG, data))
})

test('The script that is packed is our own alone: the framework is not in it, and what few pages want is apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'perch-script-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  await packPublicScript(folder, 'components/enhance/public-page.ts')
  const { src, integrity } = publicScriptOf(folder)
  const files = readdirSync(join(folder, 'static/public-page'))
  const text = readFileSync(join(folder, src.replace('/_next/', '')), 'utf8')
  expect(text).toContain('data-sign-in')
  expect(text.length).toBeLessThan(40_000)
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) expect(readFileSync(join(folder, 'static/public-page', file), 'utf8'), file).not.toContain('react')
  expect(integrity).toBe(`sha256-${createHash('sha256').update(text).digest('base64')}`)
  const [, again] = [await packPublicScript(folder, 'components/enhance/public-page.ts'), publicScriptOf(folder)]
  expect(again).toEqual({ src, integrity })
})
