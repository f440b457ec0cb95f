import type { Element, ElementContent, Root } from 'hast'
import { type Run, runsOf, setChildren, textIn } from '#lib/runs.ts'

/** Characters of a sentence that can be the point of a text: what is longer says nothing in short. */
const LONGEST = 400

/** The sentences of an answer's HTML tree, each in one line: of its paragraphs, lists and quotes, not of headings, code and tables. */
export function sentencesIn(tree: Root): string[] {
  const sentences = proseOf(tree).flatMap((run) => sentencesOf(run.text).map(({ text }) => text))
  return [...new Set(sentences)].filter((text) => text.length <= LONGEST && /\p{L}/u.test(text))
}

/** Puts the sentence into `<mark>`, where it stands first. */
export function markSentence(tree: Root, sentence: string): void {
  for (const run of proseOf(tree)) {
    const found = sentencesOf(run.text).find(({ text }) => text === sentence)
    if (!found) continue
    const { parent, from, to } = run
    setChildren(parent, (children) => [
      ...children.slice(0, from),
      ...marked(children.slice(from, to) as ElementContent[], found.from, found.to),
      ...children.slice(to),
    ])
    return
  }
}

function proseOf(tree: Root): Run[] {
  return runsOf(tree, []).filter(({ parent, whole }) => !whole && !(parent.type === 'element' && /^h[4-6]$/.test(parent.tagName)))
}

type Sentence = { text: string; from: number; to: number }

// A line's end within a paragraph ends no sentence, and as a space it is as long.
function sentencesOf(text: string): Sentence[] {
  const pieces: { segment: string; index: number }[] = []
  for (const { segment, index } of sentences.segment(text.replace(/\s/g, ' '))) {
    const before = pieces.at(-1)
    if (before && (ABBREVIATED.test(before.segment) || /^\p{Ll}/u.test(segment))) before.segment += segment
    else pieces.push({ segment, index })
  }
  return pieces.flatMap(({ segment, index }) => {
    const from = index + segment.length - segment.trimStart().length
    const line = segment.trim()
    return line ? [{ text: line.replace(/ +/g, ' '), from, to: from + line.length }] : []
  })
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Where the rules of Unicode see a sentence's end, and a reader does not. */
const ABBREVIATED = /(^|[\s("“])(Mr|Mrs|Ms|Dr|Prof|St|vs|cf|No|e\.g|i\.e)\. *$/

/** Nodes with what stands between the two offsets of their text in `<mark>`; elements that it cuts have one inside. */
function marked(nodes: ElementContent[], from: number, to: number): ElementContent[] {
  const all: ElementContent[] = []
  let mark: Element | null = null
  for (const { node, inside } of piecesOf(nodes, from, to)) {
    if (!inside) {
      mark = null
      all.push(node)
    } else if (mark) mark.children.push(node)
    else {
      mark = { type: 'element', tagName: 'mark', properties: {}, children: [node] }
      all.push(mark)
    }
  }
  return all
}

type Piece = { node: ElementContent; inside: boolean }

function piecesOf(nodes: ElementContent[], from: number, to: number): Piece[] {
  let at = 0
  return nodes.flatMap((node): Piece[] => {
    const { length } = textIn(node)
    const [first, last] = [Math.max(0, from - at), Math.min(length, to - at)]
    at += length
    if (first >= last) return [{ node, inside: false }]
    if (first === 0 && last === length) return [{ node, inside: true }]
    if (node.type === 'element') return [{ node: { ...node, children: marked(node.children, first, last) }, inside: false }]
    const text = textIn(node)
    const cuts: [string, boolean][] = [
      [text.slice(0, first), false],
      [text.slice(first, last), true],
      [text.slice(last), false],
    ]
    return cuts.filter(([value]) => value).map(([value, inside]) => ({ node: { type: 'text', value }, inside }))
  })
}
