import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromMarkdown, isSameText } from '#components/editor/from-markdown.ts'
import { schema } from '#components/editor/schema.ts'
import { toMarkdown } from '#components/editor/to-markdown.ts'
import { renderAnswer } from '#lib/markdown.ts'
import { hostileMarkdown, markdownish } from '#testing/hostile-markdown.ts'

const image = '/images/3f2b8c1e-1111-4222-8333-abcdefabcdef-1600x900.webp'

describe('what is written in Markdown and changed in the editor', () => {
  test.each([
    'One *two* **three** ~~four~~ `five` [six](https://a.example/b_c).',
    'A break\\\nhere.',
    '## Why\n\nThis.\n\n### Then\n\nThat.',
    '- a\n- b\n  - c\n\n    d\n- e',
    '- a\n\n- b',
    '3. c\n4. d',
    '> as I said\n>\n> - to *her*',
    '```ts\nconst a = 1\n\n```',
    `Look:\n\n![a "chart" \\[1\\]](${image})`,
    '***both*** and *one **two** three*',
    'a\n\n---\n\nb',
    '[**a** `b` c](https://a.example/)',
    'List\\<String> and a_b_c.',
  ])('is kept as it was meant: %s', (markdown) => {
    const doc = fromMarkdown(markdown)
    expect(doc?.children.some(({ type }) => type.name === 'source')).toBe(false)
    expect(toMarkdown(doc ?? schema.node('doc'))).toBe(markdown)
  })

  test.each([
    ['a table', '| a | b |\n| - | - |\n| 1 | 2 |'],
    ['tasks', '- [x] done\n- [ ] open'],
    ['references', '[a]\n\n[a]: https://a.example/'],
    ['a foreign picture', '![x](https://a.example/b.png)'],
    ['a title', '[a](https://a.example/ "b")'],
    ['a list of headings', '- # a'],
  ])('stands in it as it is where it has nothing for it: %s', (_, markdown) => {
    const doc = fromMarkdown(`Before.\n\n${markdown}\n\nAfter.`)
    expect(doc?.children.map(({ type }) => type.name)).toContain('source')
    expect(toMarkdown(doc ?? schema.node('doc'))).toBe(`Before.\n\n${markdown}\n\nAfter.`)
  })

  test('becomes the same page, or is left to be changed as Markdown', () => {
    const page = (markdown: string) =>
      renderAnswer(markdown)
        .html.replace(/[ \t\n]+/g, ' ')
        .replace(/ (?=<br>|<\/)/g, '')
        .replace(/(<\/?(strong|em|del)>)+/g, (tags) => (tags.match(/<[^>]+>/g) ?? []).toSorted().join(''))
    const check = (markdown: string) => {
      const doc = fromMarkdown(markdown)
      if (doc) expect(page(toMarkdown(doc)), markdown).toBe(page(markdown))
    }
    for (const markdown of hostileMarkdown) check(markdown)
    fc.assert(fc.property(markdownish, check), { numRuns: 300 })
  }, 120_000)

  test('ordinary texts are shown as they will look', () => {
    const text =
      'I *listen* first, and **write down** what she said.\nThen [this](https://a.example/): `x`.\n\n- One\n- Two\n\n> Quoted.\n\n'
    const doc = fromMarkdown(text.repeat(60))
    expect(doc?.children.some(({ type }) => type.name === 'source')).toBe(false)
    expect(isSameText(toMarkdown(doc ?? schema.node('doc')), text.repeat(60))).toBe(true)
  })
})

describe('what the editor writes', () => {
  const { paragraph, doc } = schema.nodes
  const text = (words: string, ...marks: ('strong' | 'em' | 'code' | 'strike')[]) =>
    schema.text(
      words,
      marks.map((mark) => schema.mark(mark)),
    )
  const written = (...content: ReturnType<typeof text>[]) => toMarkdown(doc.create(null, paragraph.create(null, content)))

  test.each([
    ['spaces at the edges of bold text stay outside', [text('a'), text(' b ', 'strong'), text('c')], 'a **b** c'],
    ['bold and italic text meet', [text('a ', 'strong'), text('b', 'strong', 'em'), text(' c', 'em')], '**a _b_**_&#x20;c_'],
    ['nothing of spaces and ends of lines is left at the edges', [text(' '), text(' a ', 'em'), text(' ')], '*a*'],
    ['code that meets code is one', [text('-', 'code'), text(' ', 'strike', 'code'), text('<', 'code')], '`- <`'],
    ['signs are no Markdown', [text('# 1. *not* [this](x) _or_ `that` <b>')], '\\# 1. \\*not\\* \\[this]\\(x) \\_or\\_ \\`that\\` \\<b>'],
    ['nothing is nothing', [text('  ')], ''],
  ])('%s', (_, content, markdown) => {
    expect(written(...content)).toBe(markdown)
  })

  test('is what Markdown makes of it again, whatever is marked', () => {
    const marks = fc.subarray(['strong', 'em', 'strike', 'code'] as const)
    const words = fc.stringMatching(/^[a-z *_`~.!#<>[\]()-]{1,9}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(words, marks), { minLength: 1, maxLength: 6 }), (pieces) => {
        const before = written(...pieces.map(([piece, marked]) => text(piece, ...marked)))
        const again = fromMarkdown(before)
        if (again) expect(isSameText(toMarkdown(again), before)).toBe(true)
        const letters = (html: string) => html.replace(/<[^>]*>|\s/g, '')
        const typed = pieces
          .map(([piece]) => piece)
          .join('')
          .replace(/\s/g, '')
        const shown = letters(renderAnswer(before).html)
          .replace(/&#x3C;/g, '<')
          .replace(/&#x26;/g, '&')
        expect(shown).toBe(typed)
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})
