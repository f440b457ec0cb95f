import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markWords } from '#lib/mark-words.ts'
import { renderAnswer } from '#lib/markdown.ts'
import { hostileMarkdown, ownPicture } from '#testing/hostile-markdown.ts'
import { allNodes, type HtmlNode, htmlTree } from '#testing/html-tree.ts'

const words = [
  { word: 'TPM', means: 'PM-T, a "technical" one' },
  { word: 'R&D', means: 'research <and> development' },
  { word: 'ship', means: 'give to whoever asked for it' },
]

const marked = (body: string, given = words) => markWords(renderAnswer(body).html, given, 'one')

describe('A word is marked', () => {
  test('where it stands first in an answer, and nowhere else in it', () => {
    expect(marked('A TPM asks. A TPM waits.')).toBe(
      '<p>A <dfn class="local-word"><button type="button" popovertarget="word-one-0">TPM</button><span popover id="word-one-0">TPM here means PM-T, a "technical" one</span></dfn> asks. A TPM waits.</p>',
    )
  })

  test('each of several, and those with signs that HTML writes otherwise', () => {
    expect(said('We ship what R&D made, and R&D ships too. TPMs know.')).toEqual(['ship', 'R&D', 'TPMs'])
    expect(marked('What R&D made.')).toContain('R&#x26;D here means research &#x3C;and> development')
  })

  test.each([
    ['in a title', '## The TPM\n\nNobody.'],
    ['in a link', '[the TPM](https://example.org/TPM)'],
    ['in code', 'Type `TPM` and\n\n```\nTPM\n```'],
    ['within another word', 'The XTPM and the TPMX.'],
    ['in small letters, where it is short for something', 'A tpm of oil.'],
    ['in what stands for a sign', 'Less than < x3C and & x26.'],
  ])('not %s', (_where, body) => {
    const all = [...words, { word: 'x26', means: 'nothing' }, { word: 'amp', means: 'nothing' }]
    expect(said(body.replace('and & x26', 'and &'), all)).toEqual([])
  })

  test('behind a title, a link and code that have it too', () => {
    expect(said('## TPM\n\n[TPM](https://example.org) `TPM` *TPM* TPM')).toEqual(['TPM'])
    expect(marked('`TPM` *TPM* TPM')).toContain('<em><dfn')
  })

  test('with another first letter, where it is a word like others', () => {
    expect(said('Ship it.')).toEqual(['Ship'])
  })

  test('the longer one, where one is a part of another', () => {
    const both = [
      { word: 'PM', means: 'product manager' },
      { word: 'PM lead', means: 'the first of them' },
    ]
    expect(said('A PM lead asks a PM.', both)).toEqual(['PM lead', 'PM'])
  })
})

test('Nothing else of an answer changes, whatever is in it, and what comes out is HTML', () => {
  for (const body of hostileMarkdown) {
    const { html } = renderAnswer(body)
    expect(markWords(html, [], 'one')).toBe(html)
    const common = [...words, { word: 'a', means: 'a' }, { word: 'script', means: '"><script>' }, { word: 'p', means: '</p>' }]
    expect(unmarked(markWords(html, common, 'one'))).toEqual(unmarked(html))
  }
})

test('Words stay in what a picture shows', () => {
  const { html } = renderAnswer(`![a > TPM](${ownPicture}) here`)
  expect(markWords(html, words, 'one')).toBe(html)
  // Nor would they be in an attribute that has such a sign.
  expect(markWords('<img alt="a > TPM">', words, 'one')).toBe('<img alt="a > TPM">')
})

test('Every word that is marked is marked once', () => {
  const text = fc
    .array(fc.constantFrom('TPM', 'R&D', 'ship', '*TPM*', '`ship`', 'and', '\n\n', '<b>', '[TPM](https://example.org)'))
    .map((all) => all.join(' '))
  fc.assert(
    fc.property(text, (body) => {
      const all = said(body)
      expect(new Set(all).size).toBe(all.length)
      expect(unmarked(marked(body))).toEqual(unmarked(renderAnswer(body).html))
    }),
  )
})

/** What is marked, as it is read. */
function said(body: string, given = words): string[] {
  return allNodes(htmlTree(marked(body, given))).flatMap(({ node, inside }) =>
    node.name === '#text' && inside.at(-1)?.name === 'button' ? [node.text] : [],
  )
}

/** The texts, each with the elements that it is in, as they are without marks. */
function unmarked(html: string): string[] {
  const texts = allNodes(htmlTree(html)).flatMap(({ node, inside }): [string, string][] => {
    if (node.name !== '#text' || inside.some(isMeaning)) return []
    return [[inside.flatMap(({ name }) => (name === 'dfn' || name === 'button' ? [] : [name])).join(' '), node.text]]
  })
  // A mark cuts a text in three.
  return texts.flatMap(([where, text], i) => {
    if (texts[i - 1]?.[0] === where) return []
    const others = texts.slice(i + 1)
    const end = others.findIndex(([other]) => other !== where)
    const whole = [text, ...others.slice(0, end < 0 ? undefined : end).map(([, part]) => part)].join('')
    return [`${where}: ${whole}`]
  })
}

function isMeaning({ attributes }: HtmlNode): boolean {
  return 'popover' in attributes
}
