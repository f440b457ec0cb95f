import { describe, expect, test } from 'vitest'
import { answerSentences, renderAnswer } from '#lib/markdown.ts'

describe('the sentences of an answer', () => {
  test.each([
    ['one after the other, over lines of the source', 'One *two*\nthree. Four? Five', ['One two three.', 'Four?', 'Five']],
    ['of paragraphs, lists and quotes', 'One.\n\n- Two.\n- Three.\n\n> Four.', ['One.', 'Two.', 'Three.', 'Four.']],
    ['not of headings, code, tables and rules', '## No\n\nYes.\n\n`` no ``\n\n```\nno\n```\n\n| no |\n|-|\n| no |\n\n---', ['Yes.', 'no']],
    [
      'with titles and abbreviations inside',
      'Ask Dr. Who, e.g. Mondays. “Really?” she said. It costs 3.5.',
      ['Ask Dr. Who, e.g. Mondays.', '“Really?” she said.', 'It costs 3.5.'],
    ],
    ['of scripts without spaces', '我们在。是的。', ['我们在。', '是的。']],
    ['each once, and none without words', 'Yes. Yes. 1. …', ['Yes.']],
    ['none as long as a page', `${'long '.repeat(100)}. Short.`, ['Short.']],
    ['as they are read, signs included', 'A `List<String>` & more.\\\nNext.', ['A List<String> & more.', 'Next.']],
  ])('%s', (_, body, sentences) => {
    expect(answerSentences(body)).toEqual(sentences)
  })

  test('can each be the point, which is the excerpt then and changes no word', () => {
    const body = 'One **two. Three** [four](https://example.org)! `Five` <six>.\n\n> - Seven *eight* nine.'
    const plain = renderAnswer(body)
    for (const sentence of answerSentences(body)) {
      const { html, excerpt, point } = renderAnswer(body, sentence)
      expect([excerpt, point]).toEqual([sentence, sentence])
      expect(html.replace(/<\/?mark>/g, '').replace(/<\/strong><strong>/g, '')).toBe(plain.html)
      const marked = [...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, inside = '']) => inside.replace(/<[^>]*>/g, '')).join('')
      expect(marked.replace('&#x3C;', '<')).toBe(sentence)
    }
  })
})

test('a sentence that is all there is, or not there, is not marked', () => {
  expect(renderAnswer('Just this.', 'Just this.')).toEqual({ html: '<p>Just this.</p>', excerpt: 'Just this.', point: 'Just this.' })
  expect(renderAnswer('One. Two.', 'Three.')).toEqual({ html: '<p>One. Two.</p>', excerpt: 'One. Two.', point: null })
})

test('a point that is long is cut as any excerpt, and one behind the fold stays behind it', () => {
  const long = `The ${'word '.repeat(60)}end.`
  expect(renderAnswer(`One. ${long}`, long).excerpt).toMatch(/^The (word ){5}.{150,180}…$/)
  const { html } = renderAnswer(`${'Word one two. '.repeat(60)}Last of all.`, 'Last of all.')
  expect(html).toMatch(/<!--more--><span data-rest>.*<mark>Last of all\.<\/mark><\/span><\/p>$/)
})
