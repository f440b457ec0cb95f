import { describe, expect, test } from 'vitest'
import { renderAnswer } from '#lib/markdown.ts'
import { isCostlyToParse } from '#lib/markdown-cost.ts'
import { allNodes, htmlTree } from '#testing/html-tree.ts'

const longest = 30_000
const full = (piece: string) => piece.repeat(Math.ceil(longest / piece.length)).slice(0, longest)
const half = (piece: string) => full(piece).slice(0, longest / 2)
const indented = Array.from({ length: 170 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join('')
const ticks = Array.from({ length: 240 }, (_, length) => `${'`'.repeat(length)} `).join('')

// Left to the parser, each of these takes from half a second to twenty, or overflows the stack.
const costly = {
  'emphasis inside emphasis': `${half('*')}a${half('*')}`,
  'emphasis that may or may not close': full('a*'),
  'emphasis of three kinds': full('*a_b~'),
  'emphasis in many paragraphs': full(`${'a*'.repeat(400)}\n\n`),
  'brackets that open': full('['),
  'brackets that close': `${half('[')}${half(']')}`,
  'links in links': `${half('[')}a${half('](b)')}`,
  'pictures in pictures': full('!['),
  'quotes in quotes': full('>'),
  'lists in lists on one line': `${full('- ')}a`,
  'numbers in numbers': full('1. '),
  'quotes in lists': full('> - '),
  'lists in lists by indentation': indented,
  headings: full('a\n=\n'),
  'list items': full('- a\n'),
  lines: full('a\n'),
  definitions: full('[a]: b\n'),
  'columns, and rows to fill up': `${full('|a').slice(0, 7_500)}\n${full('|-').slice(0, 7_500)}\n${half('a\n')}`,
  'code and not code': full('`a'),
  'struck out, or not': full('~~a'),
}

describe('text that would keep the parser busy becomes paragraphs', () => {
  test.each(Object.entries(costly))('%s', (_, markdown) => {
    const began = performance.now()
    const nodes = allNodes(htmlTree(renderAnswer(markdown).html))
    expect(new Set(nodes.map(({ node }) => node.name.replace('span', '#text').replace('#comment', '#text')))).toEqual(
      new Set(['p', '#text']),
    )
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  test('and so do trees that would grow on the way', () => {
    const table = `|${'a|'.repeat(99)}\n|${'-|'.repeat(99)}\n${'a\n'.repeat(500)}`
    const references = `${'[a] '.repeat(900)}\n\n[a]: https://example.com/${'x'.repeat(20_000)}`
    const nested = `${'**a _b '.repeat(30)}${'c_ d** '.repeat(30)}`
    for (const markdown of [table, references, nested]) {
      expect(isCostlyToParse(markdown)).toBe(false)
      const { html } = renderAnswer(markdown)
      expect(html.length).toBeLessThan(3 * markdown.length)
      expect(html).not.toMatch(/<(table|a|strong)\b/)
    }
  })
})

test.each([
  ['spaces', `a${full(' ')}b`],
  ['tabs', full('\t')],
  ['blank lines', full(' \n')],
  ['one word', full('x')],
  ['backslashes', full('\\').slice(0, 6_000)],
  ['ticks of every length', ticks.slice(0, 6_000)],
  ['addresses', full('www.')],
  ['addresses with brackets', `http://a.b/${full(')')}`],
  ['something like a mail address', `${full('-')}@b`],
  ['dots and at signs', full('a.b@').slice(0, 20_000)],
  ['an opened address', `[a](${full('(')}`],
])('nothing but %s is no burden', (_, markdown) => {
  const began = performance.now()
  renderAnswer(markdown)
  expect(performance.now() - began).toBeLessThan(2_000)
})

test.each([
  [
    'a long answer',
    `## Why\n\n${'A **strong** point with _stress_, `code` and [a link](https://example.com/a_b). '.repeat(8)}\n\n`.repeat(40),
  ],
  ['a list of lists', '- a\n  - b\n    - c\n      - d\n        - e\n'.repeat(100)],
  ['a mail quoted often', `${'>'.repeat(10)} a\n`.repeat(50)],
  ['a table', `| ${'a | '.repeat(10)}\n|${'-|'.repeat(10)}\n${`| ${'b | '.repeat(10)}\n`.repeat(100)}`],
  ['code', `\`\`\`\n${'const a_b = [c * d, e_f]\n'.repeat(500)}\`\`\``],
  ['rules of dashes', `a\n\n${'- '.repeat(40)}\n\nb\n\n${'*'.repeat(80)}\n\nc`],
])('%s is rendered as it was meant', (_, markdown) => {
  expect(isCostlyToParse(markdown)).toBe(false)
  expect(renderAnswer(markdown).html).toMatch(/<(strong|li|blockquote|td|pre|hr)/)
})
