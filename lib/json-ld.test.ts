import { expect, test } from 'vitest'
import { serializeJsonLd } from '#lib/json-ld.ts'

test('nothing that people write closes the script element, and it reads back the same', () => {
  const data = { name: '</script><script>alert(1)</script><!-- \u2028\u2029 & "quoted" 🐳' }
  const text = serializeJsonLd(data)
  expect(text).not.toMatch(/[<\u2028\u2029]/)
  expect(JSON.parse(text)).toEqual(data)
})
