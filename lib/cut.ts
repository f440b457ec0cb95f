import type { Element, ElementContent, Root, RootContent } from 'hast'
import { isBlock, type Run, runsOf, setChildren, textIn } from '#lib/runs.ts'
import { endsWord, wordEnd } from '#lib/word-end.ts'

const aboutThisLong = 500
const leastHidden = 100

/**
 * Marks where the excerpt ends: at a word's end after about 500 characters of text, if that hides at least 100. A comment
 * `more` stands at the place; what comes after it carries `data-rest`, inline content in a `<span>` of its own.
 * Code blocks and tables are never divided: the excerpt ends before them, or after one that stands first.
 */
export function cut(tree: Root): void {
  const place = placeToCut(runsOf(tree, []))
  if (!place) return
  const { path, from, to } = place.run
  const [shown, rest] = divided(place.run.parent.children.slice(from, to), place.at)
  setChildren(place.run.parent, (children) => [
    ...children.slice(0, from),
    ...shown,
    { type: 'comment', value: 'more' },
    ...hidden([...rest, ...children.slice(to)]),
  ])
  for (const { parent, index } of path) {
    setChildren(parent, (children) => [...children.slice(0, index + 1), ...hidden(children.slice(index + 1))])
  }
}

function placeToCut(runs: Run[]): { run: Run; at: number } | null {
  let before = 0
  for (const [index, run] of runs.entries()) {
    const room = aboutThisLong - before
    before += lengthOf(run.text)
    if (before <= aboutThisLong) continue
    const place = placeIn(run, room) ?? placeAfter(runs.slice(0, index)) ?? placeBeyond(run, room)
    const rest = runs.slice(runs.indexOf(place.run) + 1).map((later) => later.text)
    const hides = [place.run.text.slice(place.at), ...rest].reduce((sum, text) => sum + lengthOf(text), 0)
    return hides < leastHidden ? null : place
  }
  return null
}

function placeIn(run: Run, room: number) {
  const at = run.whole ? null : wordEnd(run.text, room)
  return at === null ? null : { run, at }
}

/** At the end of all that, but not at a heading, whose text would then be missing, unless there is nothing else. */
function placeAfter(runs: Run[]) {
  const run = runs.findLast(({ parent }) => !(parent.type === 'element' && /^h[4-6]$/.test(parent.tagName))) ?? runs.at(-1)
  return run ? { run, at: run.text.length } : null
}

function placeBeyond(run: Run, room: number) {
  let at = run.whole ? run.text.length : room
  while (at < run.text.length && !endsWord(run.text, at)) at++
  return { run, at }
}

/** The nodes up to that offset of their text, and those after it; a node in which it lies stays, its rest hidden. */
function divided(nodes: RootContent[], at: number): [RootContent[], RootContent[]] {
  const shown: RootContent[] = []
  const rest: RootContent[] = []
  let left = at
  for (const node of nodes) {
    const { length } = textIn(node)
    if (left <= 0) rest.push(node)
    else if (left >= length) shown.push(node)
    else if (node.type === 'text') {
      shown.push({ type: 'text', value: node.value.slice(0, left) })
      rest.push({ type: 'text', value: node.value.slice(left) })
    } else if (node.type === 'element') {
      const [first, second] = divided(node.children, left)
      setChildren(node, () => [...first, ...hidden(second)])
      shown.push(node)
    }
    left -= length
  }
  return [shown, rest]
}

function hidden(nodes: RootContent[]): RootContent[] {
  const marked: RootContent[] = []
  let span: Element | null = null
  for (const node of nodes) {
    if (isBlock(node)) {
      node.properties.dataRest = ''
      marked.push(node)
      span = null
    } else if (span) span.children.push(node as ElementContent)
    else if (!textIn(node).trim() && node.type === 'text') marked.push(node)
    else {
      span = { type: 'element', tagName: 'span', properties: { dataRest: '' }, children: [node as ElementContent] }
      marked.push(span)
    }
  }
  return marked
}

const lengthOf = (text: string) => text.replace(/\s+/g, ' ').trim().length
