import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { xml, xmlDocument } from '#lib/xml.ts'

test.each([
  ['Q&A <b>"now"</b>', 'Q&amp;A &lt;b&gt;&quot;now&quot;&lt;/b&gt;'],
  [']]>', ']]&gt;'],
  ['&amp;', '&amp;amp;'],
  ['a\u0000\u000bb\u001b\ufffe', 'ab'],
  ['half \ud83d of a whale', 'half  of a whale'],
  ['a whale 🐳', 'a whale 🐳'],
])('%j is written as %j', (text, written) => {
  expect(xml`<t>${text}</t>`.markup).toBe(`<t>${written}</t>`)
})

test('XML inside XML stands as it is, a date is RFC 3339, and what is missing is nothing', () => {
  const items = ['a', '<'].map((text) => xml`<i>${text}</i>`)
  expect(xml`<r d="${new Date(0)}">${items}${null}${undefined}${3}</r>`.markup).toBe(
    '<r d="1970-01-01T00:00:00.000Z"><i>a</i><i>&lt;</i>3</r>',
  )
})

test('whatever people type comes back from a reader of XML, without what XML has no place for', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    htmlEntities: true,
  })
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const document = xmlDocument(xml`<r><t a="${text}">-${text}</t></r>`)
      expect(XMLValidator.validate(document)).toBe(true)
      expect(parser.parse(document).r.t['#text']).toBe(`-${Array.from(text).filter(isXml).join('')}`)
    }),
  )
})

function isXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return '\t\n\r'.includes(character) || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code !== 0xfffe && code !== 0xffff)
}
