import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { atomDocument } from '#lib/atom.ts'

const answer = {
  id: '019a0000-0000-7000-8000-000000000002',
  title: 'Is "R&D" <always> worth it?',
  link: 'https://perch.example/questions/r-and-d#answer-019a0000-0000-7000-8000-000000000002',
  published: new Date('2026-03-01T10:00:00Z'),
  updated: new Date('2026-03-04T10:00:00Z'),
  author: { name: 'Žofie & Sons 🐳', uri: 'https://perch.example/mentors/zofie' },
  summary: 'Yes & no.',
  html: '<p>Yes &amp; no, see <a href="/topics/x">x</a>. <code>]]&gt;</code></p>',
}

const feed = {
  id: '019a0000-0000-7000-8000-000000000001',
  title: 'Research: newest answers',
  subtitle: 'People answer.',
  self: 'https://perch.example/feeds/topics/research',
  page: 'https://perch.example/topics/research',
  icon: 'https://perch.example/favicon.ico',
  updated: new Date('2026-01-01T00:00:00Z'),
  entries: [
    {
      ...answer,
      id: '019a0000-0000-7000-8000-000000000003',
      published: new Date('2026-03-02T10:00:00Z'),
      updated: new Date('2026-03-02T10:00:00Z'),
    },
    answer,
  ],
}

function read(text: string) {
  expect(XMLValidator.validate(text)).toBe(true)
  return new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'entry', htmlEntities: true }).parse(text).feed
}

test('a feed has what RFC 4287 asks for', () => {
  const document = read(atomDocument(feed))
  expect(document['@_xmlns']).toBe('http://www.w3.org/2005/Atom')
  expect(document).toMatchObject({
    id: 'urn:uuid:019a0000-0000-7000-8000-000000000001',
    title: 'Research: newest answers',
    updated: '2026-03-04T10:00:00.000Z',
    link: [
      { '@_rel': 'self', '@_href': 'https://perch.example/feeds/topics/research', '@_type': 'application/atom+xml' },
      { '@_rel': 'alternate', '@_href': 'https://perch.example/topics/research' },
    ],
  })
  expect(document.entry[1]).toMatchObject({
    id: 'urn:uuid:019a0000-0000-7000-8000-000000000002',
    title: 'Is "R&D" <always> worth it?',
    link: { '@_rel': 'alternate', '@_href': answer.link },
    published: '2026-03-01T10:00:00.000Z',
    updated: '2026-03-04T10:00:00.000Z',
    author: { name: 'Žofie & Sons 🐳', uri: 'https://perch.example/mentors/zofie' },
    summary: 'Yes & no.',
    content: { '#text': answer.html, '@_type': 'html', '@_xml:base': answer.link },
  })
})

test('a feed without answers yet is dated by what it is about', () => {
  const document = read(atomDocument({ ...feed, entries: [] }))
  expect(document.updated).toBe('2026-01-01T00:00:00.000Z')
  expect(document.entry).toBeUndefined()
})
