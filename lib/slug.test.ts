import { expect, test } from 'vitest'
import { slugOf } from '#lib/slug.ts'

test.each([
  ['Triple Whale 🐳', 'triple-whale'],
  ["What's a PM's day on iOS & Android?", 'whats-a-pms-day-on-ios-and-android'],
  ['Inês, naïve café — Привет', 'ines-naive-cafe-privet'],
  ['  __x__ 100% ', 'x-100'],
  ['你好世界', null],
  ['🐳', null],
  ['word '.repeat(40), Array(18).fill('word').join('-')],
  ['x'.repeat(200), 'x'.repeat(90)],
])('the address of %j ends in %j', (text, slug) => {
  expect(slugOf(text)).toBe(slug)
})
