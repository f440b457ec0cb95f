import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordIn } from '#lib/front/public-script.ts'
import { hashOf, isBuilt, isMadeFrom, sources } from './fresh.ts'
import { root } from './place.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-fresh-'))
  mkdirSync(join(folder, 'app/ask'), { recursive: true })
  writeFileSync(join(folder, 'app/page.tsx'), 'one')
  writeFileSync(join(folder, 'app/ask/page.tsx'), 'two')
  writeFileSync(join(folder, 'next.config.js'), 'three')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const hash = () => hashOf(folder, ['app', 'next.config.js', 'public'])

test('sources that were only touched are the same', () => {
  const before = hash()
  utimesSync(join(folder, 'app/page.tsx'), 1, 1)
  expect(hash()).toBe(before)
})

test.each([
  ['changed', () => writeFileSync(join(folder, 'app/ask/page.tsx'), 'other')],
  ['added', () => writeFileSync(join(folder, 'app/ask/form.tsx'), '')],
  ['removed', () => rmSync(join(folder, 'next.config.js'))],
  ['a folder that was not there', () => mkdirSync(join(folder, 'public')) ?? writeFileSync(join(folder, 'public/mark.svg'), '')],
])('a source %s makes them others', (_what, change) => {
  const before = hash()
  change()
  expect(hash()).not.toBe(before)
})

test('a text moved from one file to the next makes them others', () => {
  const before = hash()
  writeFileSync(join(folder, 'app/page.tsx'), 'two')
  writeFileSync(join(folder, 'app/ask/page.tsx'), 'one')
  expect(hash()).not.toBe(before)
})

test('a test beside the code changes nothing', () => {
  const before = hash()
  writeFileSync(join(folder, 'app/page.test.tsx'), 'a test')
  expect(hash()).toBe(before)
})

test('a stamp speaks for these sources alone, and a missing one for none', () => {
  const stamp = join(folder, 'made-from')
  expect(isMadeFrom(stamp, hash())).toBe(false)
  writeFileSync(stamp, hash())
  expect(isMadeFrom(stamp, hash())).toBe(true)
  writeFileSync(join(folder, 'app/page.tsx'), 'changed')
  expect(isMadeFrom(stamp, hash())).toBe(false)
})

test('what Next takes from beside its folders is among the sources', () => {
  const taken = readdirSync(root).filter((name) => /^(instrumentation(-client)?|middleware|proxy|next\.config)\.\w+$/.test(name))
  expect(taken).not.toEqual([])
  expect(sources).toEqual(expect.arrayContaining(taken))
})

test('a build without its script of public pages is none', () => {
  const distDir = relative(root, folder)
  writeFileSync(join(folder, 'made-from'), hashOf(root, sources))
  expect(isBuilt(distDir)).toBe(false)
  writeFileSync(recordIn(folder), '{}')
  expect(isBuilt(distDir)).toBe(true)
})
