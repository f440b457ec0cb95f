import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipped, isClipped, shortened } from '#lib/clip.ts'
import { renderAnswer, renderDetails } from '#lib/markdown.ts'
import { hostileMarkdown, markdownish } from '#testing/hostile-markdown.ts'
import { allNodes, htmlTree } from '#testing/html-tree.ts'

/** "a10 a11 a12 …", so many words of four characters with their space. */
const words = (letter: string, n: number) => Array.from({ length: n }, (_, i) => `${letter}${i + 10}`).join(' ')

describe('an answer on its AMA’s page', () => {
  test('is whole if it is short', () => {
    expect(isClipped(renderAnswer(words('a', 100)).html)).toBe(false)
  })

  test('is whole if only a little would be hidden', () => {
    const beginning = 'word '.repeat(100)
    expect(isClipped(renderAnswer(`${beginning}${'x'.repeat(99)}`).html)).toBe(false)
    expect(isClipped(renderAnswer(`${beginning}${'x'.repeat(100)}`).html)).toBe(true)
  })

  test('ends at a word after about 500 characters', () => {
    const { shown, hidden } = parts(renderAnswer('lorem ipsum '.repeat(100)).html)
    expect(shown.length).toBe(497)
    expect(shown.endsWith(' lorem')).toBe(true)
    expect(hidden.startsWith(' ipsum')).toBe(true)
  })

  test('hides the rest of its paragraph and all that comes after it', () => {
    const { html } = renderAnswer(`${'word '.repeat(98)}**bold words here** and *more*\n\n- a\n- b\n\n> c\n\n---\n\n${words('d', 30)}`)
    expect(html.slice(html.indexOf('<strong>')).replaceAll('\n', '').replace(words('d', 30), 'D')).toBe(
      '<strong>bold words<span data-rest> here</span></strong><!--more--><span data-rest> and <em>more</em></span></p>' +
        '<ul data-rest><li>a</li><li>b</li></ul><blockquote data-rest><p>c</p></blockquote><hr data-rest><p data-rest>D</p>',
    )
  })

  test('ends inside a list, whose later items are hidden', () => {
    const { html } = renderAnswer(`${words('a', 90)}\n\n- ${words('b', 20)}\n  - ${words('c', 60)}\n  - d\n- e`)
    const { shown, hidden } = parts(html)
    expect(shown).toContain('b29')
    expect(hidden).toMatch(/c69\s*d\s*e\s*$/)
    expect(html.replaceAll('\n', '')).toContain('<li data-rest>d</li></ul></li><li data-rest>e</li></ul>')
  })

  test.each([
    ['code', `\`\`\`\n${words('c', 200)}\n\`\`\``, 'c10'],
    ['a table', `| a | b |\n|-|-|\n${'| c10 | some words |\n'.repeat(40)}`, 'c10'],
  ])('ends before %s, which is never divided', (_, block, inIt) => {
    const { html } = renderAnswer(`${words('a', 20)}\n\n${block}\n\nend`)
    expect(parts(html).shown.trim()).toBe(words('a', 20))
    expect(parts(html).hidden).toContain(inIt)
    expect(html).toContain('a29<!--more--></p>')
  })

  test('shows code that it begins with, and ends after it', () => {
    const { html } = renderAnswer(`\`\`\`\n${words('c', 200)}\n\`\`\`\n\n${words('a', 50)}`)
    expect(html).toContain('</pre><!--more-->')
    expect(parts(html).hidden.trim()).toBe(words('a', 50))
  })

  test('does not end at a heading without its text', () => {
    const { html } = renderAnswer(`${words('a', 100)}\n\n## Then\n\n\`\`\`\n${words('c', 200)}\n\`\`\``)
    expect(html).toContain('</p>\n<h4 data-rest>Then</h4>')
  })

  test('never ends inside a word, however long', () => {
    const long = `https://example.com/${'x'.repeat(700)}`
    expect(parts(renderAnswer(`See ${long} ${words('a', 50)}`).html).shown).toBe('See')
    expect(parts(renderAnswer(`${long} ${words('a', 50)}`).html).shown).toBe(long)
    expect(isClipped(renderAnswer('x'.repeat(2_000)).html)).toBe(false)
    expect(parts(renderAnswer(`${'word '.repeat(98)}un**believ**able ${words('a', 50)}`).html).shown).toMatch(/word$/)
  })

  test('ends between words where a script has no spaces', () => {
    const { shown } = parts(renderAnswer('我们在亚马逊工作。'.repeat(100)).html)
    expect(shown.length).toBeGreaterThan(480)
    expect(shown.length).toBeLessThanOrEqual(500)
  })

  test('is followed by the link where it ends', () => {
    const { html } = renderAnswer('word '.repeat(200))
    expect(clipped(html, '<a href="/$&">Read More</a>')).toContain(
      'word<span data-more>...<a href="/$&">Read More</a></span><span data-rest> word',
    )
    expect(clipped('<p>short</p>', '<a>Read More</a>')).toBe('<p>short</p>')
  })

  test('has the link where it ends, whatever is in it', () => {
    for (const markdown of hostileMarkdown) {
      const { html } = renderAnswer(markdown)
      const linked = allNodes(htmlTree(clipped(html, '<a>Read More</a>')))
      expect(linked.filter(({ node }) => 'data-more' in node.attributes).length, markdown).toBe(isClipped(html) ? 1 : 0)
      expect(linked.some(({ node }) => node.name === '#comment')).toBe(false)
    }
  }, 60_000)

  test('loses nothing of what was written, and hides at least 100 characters or none', () => {
    fc.assert(
      fc.property(markdownish, (markdown) => {
        const { html } = renderAnswer(markdown)
        const whole = html.replace(/<!--more-->|<\/?span[^>]*>/g, '').replace(/<([^<>]*) data-rest>/g, '<$1>')
        expect(whole).toBe(renderDetails(markdown))
        const { shown, hidden, inOrder, seam } = parts(html)
        expect(inOrder).toBe(true)
        expect(html.split('<!--more-->').length).toBe(isClipped(html) ? 2 : 1)
        expect(isClipped(html)).toBe(hidden !== '')
        if (!isClipped(html)) return
        expect(shown.trim()).not.toBe('')
        expect(hidden.replace(/\s+/g, ' ').trim().length).toBeGreaterThanOrEqual(100)
        expect(seam).toMatch(/\s|[^!-~]/)
      }),
      { numRuns: 1_000 },
    )
  }, 60_000)

  test('ends between 480 and 500 characters where words are ordinary, whatever marks them up', () => {
    const word = fc.constantFrom(
      'word',
      'another',
      '*stressed*',
      '**strong words**',
      '`code`',
      '[a link](https://example.com/)',
      'a<br>',
      '👩‍👩‍👧‍👦',
    )
    fc.assert(
      fc.property(fc.array(word, { minLength: 160, maxLength: 200 }), (some) => {
        const { shown } = parts(renderAnswer(some.join(' ')).html)
        expect(shown.length).toBeGreaterThan(480)
        expect(shown.length).toBeLessThanOrEqual(500)
        expect(
          some
            .join(' ')
            .replace(/\*+|`|\[|\]\([^)]*\)/g, '')
            .startsWith(shown),
        ).toBe(true)
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

test.each([
  ['one two three', 13, 'one two three'],
  ['one two three', 12, 'one two…'],
  ['one two three', 8, 'one two…'],
  ['one two three', 7, 'one…'],
  ['unbelievable', 5, 'unbe…'],
])('%j in %i characters is %j', (text, length, expected) => {
  expect(shortened(text, length)).toBe(expected)
})

/**
 * The text outside and inside `data-rest`, whether all of the former comes first, and the two characters where they meet
 * (a line break between blocks).
 */
function parts(html: string): { shown: string; hidden: string; inOrder: boolean; seam: string } {
  const texts = allNodes(htmlTree(html))
    .filter(({ node }) => node.name === '#text')
    .map(({ node, inside }) => ({
      text: node.text,
      hides: inside.some(({ attributes }) => 'data-rest' in attributes),
      block: inside.findLast(({ name }) => /^(p|h\d|li|pre|td|th)$/.test(name)),
    }))
  const first = texts.findIndex(({ hides }) => hides)
  const inOrder = first === -1 || texts.slice(first).every(({ text, hides }) => hides || !text.trim())
  const shown = texts.filter(({ hides }) => !hides)
  const hidden = texts.filter(({ hides }) => hides)
  const join = (some: typeof texts) => some.map(({ text }) => text).join('')
  const before = texts.slice(0, Math.max(first, 0))
  const sameBlock = before.findLast(({ text }) => text.trim())?.block === hidden[0]?.block
  const seam = sameBlock ? `${join(before).slice(-1)}${join(hidden).slice(0, 1)}` : '\n'
  return { shown: join(shown).trimEnd(), hidden: join(hidden), inOrder, seam }
}
