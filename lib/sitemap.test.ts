import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { sitemapDocument, sitemapIndexDocument } from '#lib/sitemap.ts'

const read = (document: string) => {
  expect(XMLValidator.validate(document)).toBe(true)
  return new XMLParser({ isArray: (name) => name === 'url' || name === 'sitemap' }).parse(document)
}

test('a sitemap says when a page changed only where somebody knows', () => {
  const document = sitemapDocument([
    { url: 'https://perch.example/questions/a', changedAt: new Date('2026-03-01T10:00:00Z') },
    { url: 'https://perch.example/topics/b?x=1&y=2' },
  ])
  expect(read(document).urlset.url).toEqual([
    { loc: 'https://perch.example/questions/a', lastmod: '2026-03-01T10:00:00.000Z' },
    { loc: 'https://perch.example/topics/b?x=1&y=2' },
  ])
})

test('the index names each sitemap', () => {
  const document = sitemapIndexDocument(['https://perch.example/sitemaps/pages'])
  expect(read(document).sitemapindex.sitemap).toEqual([{ loc: 'https://perch.example/sitemaps/pages' }])
})

test('fifty thousand of the longest addresses stay under fifty megabytes', () => {
  const longest = { url: `https://perch.example/questions/${'a'.repeat(120)}`, changedAt: new Date(0) }
  expect(Buffer.byteLength(sitemapDocument(Array.from({ length: 50_000 }, () => longest)))).toBeLessThan(50 * 1024 * 1024)
})
