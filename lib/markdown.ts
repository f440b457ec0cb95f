import type { Root as Html } from 'hast'
import type { Root } from 'mdast'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { EXCERPT_LENGTH, excerptOf, shortened } from '#lib/clip.ts'
import { cut } from '#lib/cut.ts'
import { isCostlyToParse, isCostlyToShow } from '#lib/markdown-cost.ts'
import { allowed, finish, tidy } from '#lib/markdown-html.ts'
import { cleaned, parseMarkdown } from '#lib/markdown-parse.ts'
import { markSentence, sentencesIn } from '#lib/point.ts'

/**
 * An answer as both its pages show it: `html` with the place marked where an excerpt ends (lib/clip.ts), and `excerpt`,
 * plain text of at most 200 characters: of its point where a sentence of it was chosen to be that, else of its beginning.
 * `point` is null where none was chosen, or the answer has no such sentence any more. Raw HTML in the Markdown is shown as the
 * text that it is. Never throws; input that would cost too much to render becomes plain paragraphs.
 */
export function renderAnswer(body: string, chosen: string | null = null): { html: string; excerpt: string; point: string | null } {
  const tree = render(body, ofAnswers)
  const sentences = chosen === null ? [] : sentencesIn(tree)
  const point = chosen !== null && sentences.includes(chosen) ? chosen : null
  if (point !== null && sentences.length > 1) markSentence(tree, point)
  cut(tree)
  const html = toHtml.stringify(tree)
  return { html, excerpt: point === null ? excerptOf(html) : shortened(point, EXCERPT_LENGTH), point }
}

/** The sentences of an answer, of which one can be its point. */
export function answerSentences(body: string): string[] {
  return sentencesIn(render(body, ofAnswers))
}

/** The HTML of a question's details or an AMA's introduction: the same Markdown, without a place to cut. */
export function renderDetails(markdown: string): string {
  return toHtml.stringify(render(markdown, toHtml))
}

/** The HTML of a page that is nothing but this text: its headings begin right below the page's own. */
export function renderPage(markdown: string): string {
  // Of ours after sanitizing: no heading has an attribute, and in texts and attributes "<" is escaped.
  return renderDetails(markdown).replace(/(?<=<\/?h)[4-6](?=>)/g, (level) => `${Number(level) - 2}`)
}

function render(markdown: string, pipe: typeof toHtml): Html {
  const source = cleaned(markdown)
  const parsed = isCostlyToParse(source) ? plain(source) : parseMarkdown(source)
  return pipe.runSync(isCostlyToShow(parsed) ? plain(source) : parsed) as Html
}

const toHtml = pipeline(false)
const ofAnswers = pipeline(true)

function pipeline(isAnswer: boolean) {
  return unified()
    .use(remarkRehype)
    .use(() => (tree: Html) => tidy(tree, isAnswer))
    .use(rehypeSanitize, allowed)
    .use(() => finish)
    .use(rehypeStringify, { collapseEmptyAttributes: true })
}

/** The source as it is, in paragraphs. */
function plain(source: string): Root {
  const paragraphs: string[][] = [[]]
  for (const line of source.split('\n')) {
    if (line.trim()) paragraphs.at(-1)?.push(line.trim())
    else if (paragraphs.at(-1)?.length) paragraphs.push([])
  }
  const children = paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => ({ type: 'paragraph' as const, children: [{ type: 'text' as const, value: lines.join('\n') }] }))
  return { type: 'root', children }
}
