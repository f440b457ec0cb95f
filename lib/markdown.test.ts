import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipped, isClipped, textOf } from '#lib/clip.ts'
import { renderAnswer, renderDetails } from '#lib/markdown.ts'
import { hostileMarkdown, markdownish, ownPicture } from '#testing/hostile-markdown.ts'
import { allNodes, htmlTree } from '#testing/html-tree.ts'

const link = (href: string, words: string) => `<a href="${href}" rel="nofollow ugc noopener">${words}</a>`

describe('a mentor writes', () => {
  test.each([
    [
      'paragraphs',
      'One *two*\nthree.\n\n**Four** ~~five~~',
      '<p>One <em>two</em>\nthree.</p>\n<p><strong>Four</strong> <del>five</del></p>',
    ],
    ['a line break', 'a  \nb', '<p>a<br>\nb</p>'],
    ['a quote', '> as I said', '<blockquote>\n<p>as I said</p>\n</blockquote>'],
    ['a list that goes on at three', '3. c\n4. d', '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'],
    ['a list to tick off', '- [x] done\n- [ ] open', '<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>'],
    ['code', 'Use `a < b`:\n\n```js\nlet a\n```', '<p>Use <code>a &#x3C; b</code>:</p>\n<pre tabindex="0"><code>let a\n</code></pre>'],
    ['a rule', 'a\n\n---\n\nb', '<p>a</p>\n<hr>\n<p>b</p>'],
    ['a link', '[a post](https://example.com/a?b=c)', `<p>${link('https://example.com/a?b=c', 'a post')}</p>`],
    ['a bare address', 'see https://example.com/a.', `<p>see ${link('https://example.com/a', 'https://example.com/a')}.</p>`],
    ['a bare www address', 'www.example.com', `<p>${link('http://www.example.com/', 'www.example.com')}</p>`],
    ['a link by reference', '[a post][1]\n\n[1]: https://example.com/', `<p>${link('https://example.com/', 'a post')}</p>`],
    ['a link without words', '[](https://example.com/)', `<p>${link('https://example.com/', 'https://example.com/')}</p>`],
    ['a name in another script', '[x](https://bücher.example/ü)', `<p>${link('https://xn--bcher-kva.example/%C3%BC', 'x')}</p>`],
    ['a picture', '![a chart](https://example.com/c.png)', `<p>${link('https://example.com/c.png', 'a chart')}</p>`],
    ['a picture in a link', '[![a chart](https://a.example/c.png)](https://b.example/)', `<p>${link('https://b.example/', 'a chart')}</p>`],
    ['a type in angle brackets', 'a List<String> <b>c</b>', '<p>a List&#x3C;String> &#x3C;b>c&#x3C;/b></p>'],
    ['a block in angle brackets', '<div>\n*a*\n</div>', '<p>&#x3C;div>\n<em>a</em>\n&#x3C;/div></p>'],
    ['something like our mark', 'a <!--more--> b', '<p>a &#x3C;!--more--> b</p>'],
    ['a footnote', 'a[^1]\n\n[^1]: as said there', '<p>a[^1]</p>\n<p>[^1]: as said there</p>'],
    ['a mail address', 'ann@example.com', '<p>ann@example.com</p>'],
    ['nothing', ' \n\n ', ''],
  ])('%s', (_, markdown, html) => {
    expect(renderDetails(markdown)).toBe(html)
    expect(renderAnswer(markdown).html).toBe(html)
  })

  test('a table, which scrolls by itself and whose empty head cell is none', () => {
    expect(renderDetails('| a | |\n|:-:|--:|\n| 1 | 2 |').replaceAll('\n', '')).toBe(
      '<div role="group" aria-label="Table" tabindex="0"><table><thead><tr><th data-align="center">a</th><td data-align="right"></td></tr></thead>' +
        '<tbody><tr><td data-align="center">1</td><td data-align="right">2</td></tr></tbody></table></div>',
    )
  })

  test.each([
    ['# a\n## b\n### c\n#### d', ['h4', 'h5', 'h6', 'h6']],
    ['## a\n# b', ['h4', 'h4']],
    ['# a\n#### b\n## c\n### d', ['h4', 'h5', 'h5', 'h6']],
    ['###### a\n#\n# **\u200b**', ['h4']],
  ])('headings, whose outline begins below the page and has no gaps: %j', (markdown, expected) => {
    const names = allNodes(htmlTree(renderDetails(markdown))).map(({ node }) => node.name)
    expect(names.filter((name) => /^h\d$/.test(name))).toEqual(expected)
  })

  test('halves of characters and control characters, which are left out or replaced', () => {
    expect(renderDetails('a\ud83d b\u0000c\u0007d\u0085e\ufffef&#0;&#1;')).toBe('<p>a\ufffd bcdef\ufffd\ufffd</p>')
  })
})

describe('somebody hostile writes', () => {
  test('tags and our mark into what a picture shows, and they are neither', () => {
    const { html } = renderAnswer(`![a <!--more--> <b>"c"](${ownPicture}) ${'word '.repeat(200)}`)
    expect(html).toContain('alt="a ‹!--more--› ‹b›&#x22;c&#x22;"')
    expect(clipped(html, 'More')).toBe(html.replace(/(?<=word)<!--more-->/, '<span data-more>...More</span>'))
    expect(isClipped(html)).toBe(true)
  })

  test('hundreds of things', () => {
    expect(new Set(hostileMarkdown).size).toBeGreaterThan(1_000)
  })

  test('and nothing comes out but what is allowed', () => {
    for (const markdown of hostileMarkdown) expect.soft(forbiddenIn(markdown), markdown).toEqual([])
  }, 60_000)

  test('anything at all, and nothing comes out but what is allowed', () => {
    fc.assert(
      fc.property(markdownish, (markdown) => {
        expect(forbiddenIn(markdown)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  }, 60_000)

  test('links that lead nowhere safe, and only their words stay', () => {
    for (const href of [
      'javascript:a',
      '//evil.example',
      '/sign-out',
      '#a',
      'mailto:a@b.example',
      'https://bank.example@evil.example',
      'https:/a',
      'https://',
      'https://a"b/',
      'https://127.1@c/',
    ])
      expect(renderDetails(`[words](${href})`), href).toBe('<p>words</p>')
  })
})

describe('a picture that was uploaded here', () => {
  const src = ownPicture
  const shown = (alt: string) => `<img src="${src}" alt="${alt}" width="1600" height="900" loading="lazy" decoding="async">`

  test('stands in answers with its words and its room, and nowhere else', () => {
    expect(renderAnswer(`See ![a "chart"](${src} "title")`).html).toBe(`<p>See ${shown('a &#x22;chart&#x22;')}</p>`)
    expect(renderAnswer(`[![x](${src})](https://a.example/)`).html).toBe(`<p>${link('https://a.example/', shown('x'))}</p>`)
    expect(renderAnswer(`[![](${src})](https://a.example/)`).html).toBe(`<p>${link('https://a.example/', 'https://a.example/')}</p>`)
    expect(renderDetails(`![a chart](${src})`)).toBe('<p>a chart</p>')
  })

  test.each([
    `https://evil.example${src}`,
    `/${src}`,
    `${src}?x`,
    `${src}#x`,
    `${src}/../x`,
    src.replace('1600', '16000'),
    src.replace('1600', '0'),
    src.replace('.webp', '.svg'),
    src.replace('3f2b8c1e', '3F2B8C1E'),
    src.replace('/images/', '/portraits/'),
    src.replace('/images/', '/images/../images/'),
    'data:image/webp;base64,AAAA',
  ])('is no other address: %s', (address) => {
    expect(renderAnswer(`![x](${address})`).html).not.toContain('<img')
  })
})

test('the same text always becomes the same HTML', () => {
  fc.assert(
    fc.property(markdownish, (markdown) => {
      expect(renderAnswer(markdown)).toEqual(renderAnswer(markdown))
    }),
    { numRuns: 100 },
  )
}, 60_000)

describe('the excerpt of an answer', () => {
  test.each([
    ['is its words', '# Hi\n\nA *b* [c](https://d.example) & `<e>`\n\n- f\n- g\n\n|h|i|\n|-|-|\n|j|k|', 'Hi A b c & <e> f g h i j k'],
    ['ends at a word', 'word '.repeat(50), `${'word '.repeat(39)}word…`],
    ['is whole if it fits', 'a'.repeat(200), 'a'.repeat(200)],
    ['cuts a word that alone is too long', 'a'.repeat(300), `${'a'.repeat(199)}…`],
    ['keeps a family together', '👩‍👩‍👧‍👦'.repeat(50), `${'👩‍👩‍👧‍👦'.repeat(18)}…`],
    ['keeps a letter and its accents together', 'e\u0301\u0323'.repeat(80), `${'e\u0301\u0323'.repeat(66)}…`],
    ['ends at a word where there are no spaces', '我们在亚马逊工作。'.repeat(40), expect.stringMatching(/^[^…]{190,199}…$/)],
  ])('%s', (_, markdown, excerpt) => {
    expect(renderAnswer(markdown).excerpt).toEqual(excerpt)
  })

  test('is the beginning of what is to be read, whatever was written', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
    fc.assert(
      fc.property(markdownish, (markdown) => {
        const { html, excerpt } = renderAnswer(markdown)
        const text = textOf(html).replaceAll('\n', ' ')
        expect(excerpt.length).toBeLessThanOrEqual(200)
        expect(excerpt).not.toMatch(/^\s|\s$|\s\s|\n/)
        expect(excerpt.isWellFormed()).toBe(true)
        if (excerpt === text) return
        const kept = excerpt.slice(0, -1)
        expect(excerpt.at(-1)).toBe('…')
        expect(text.startsWith(kept)).toBe(true)
        expect([0, ...[...graphemes.segment(text)].map(({ index }) => index)]).toContain(kept.length)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

test('the text of the HTML is what a browser shows', () => {
  fc.assert(
    fc.property(markdownish, (markdown) => {
      const { html } = renderAnswer(markdown)
      const shown = allNodes(htmlTree(html)).map(({ node }) => (node.name === '#text' ? node.text : ''))
      expect(textOf(html).replace(/\s+/g, '')).toBe(shown.join('').replace(/\s+/g, ''))
    }),
    { numRuns: 300 },
  )
}, 60_000)

const allowed: Record<string, Record<string, RegExp>> = {
  ...Object.fromEntries(['#text', 'br', 'strong', 'em', 'del', 'code', 'table', 'thead', 'tbody', 'tr'].map((name) => [name, {}])),
  ...Object.fromEntries(['p', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'li', 'hr'].map((name) => [name, { 'data-rest': /^$/ }])),
  '#comment': {},
  span: { 'data-rest': /^$/ },
  pre: { tabindex: /^0$/, 'data-rest': /^$/ },
  div: { role: /^group$/, 'aria-label': /^Table$/, tabindex: /^0$/, 'data-rest': /^$/ },
  ol: { start: /^\d{1,9}$/, 'data-rest': /^$/ },
  img: {
    src: /^\/images\/[\w.-]+$/,
    alt: /^[^<>]*$/,
    width: /^1600$/,
    height: /^900$/,
    loading: /^lazy$/,
    decoding: /^async$/,
    'data-rest': /^$/,
  },
  th: { 'data-align': /^(center|right)$/ },
  td: { 'data-align': /^(center|right)$/ },
  a: { href: /^https?:\/\/[^\s"<>@\\/?#]+\/[^\s"<>\\]*$/, rel: /^nofollow ugc noopener$/ },
}

/** What is in the HTML of that Markdown and must not be. */
function forbiddenIn(markdown: string): string[] {
  const { html } = renderAnswer(markdown)
  const nodes = allNodes(htmlTree(html))
  return nodes.flatMap(({ node, inside }) => {
    const attributes = allowed[node.name]
    if (!attributes) return [node.name]
    const wrong = Object.entries(node.attributes).filter(([name, value]) => !attributes[name]?.test(value))
    const comment = node.name === '#comment' && (node.text !== 'more' || !isClipped(html)) ? ['comment'] : []
    const unmarked = node.name === 'a' && node.attributes.rel !== 'nofollow ugc noopener' ? ['a link without rel'] : []
    const nested = node.name === 'a' && inside.some(({ name }) => name === 'a') ? ['a link in a link'] : []
    const framed = node.name === 'table' && inside.at(-1)?.name !== 'div' ? ['a table without its frame'] : []
    return [...wrong.map(([name, value]) => `${name}="${value}"`), ...comment, ...unmarked, ...nested, ...framed]
  })
}
