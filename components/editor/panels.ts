import { NodeSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { hasMark } from '#components/editor/commands.ts'
import { schema, webAddress } from '#components/editor/schema.ts'

type Asked = { label: string; value: string; hint?: string; buttons: [words: string, press: (value: string) => string | null][] }

/**
 * A line below the toolbar that asks for something: Enter is its first button, Escape leaves it. A press answers what is wrong,
 * or null where all is done.
 */
export function ask(place: HTMLElement, view: EditorView, { label, value, hint, buttons }: Asked): void {
  const field = Object.assign(document.createElement('input'), { className: 'field', type: 'text', value, autocomplete: 'off' })
  const named = document.createElement('label')
  named.append(label, field)
  const told = document.createElement('p')
  told.textContent = hint ?? ''
  told.setAttribute('role', 'status')
  const close = () => {
    place.hidden = true
    place.replaceChildren()
    view.focus()
  }
  const pressed = (press: (value: string) => string | null) => {
    const wrong = press(field.value.trim())
    if (wrong) told.textContent = wrong
    else close()
  }
  const made = buttons.map(([words, press]) => button(words, () => pressed(press)))
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    if (event.key !== 'Enter') return
    event.preventDefault()
    made[0]?.click()
  })
  place.replaceChildren(named, ...made, button('Cancel', close), told)
  place.hidden = false
  field.focus()
}

export function button(words: string, press: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'editor-tool', textContent: words })
  made.addEventListener('click', press)
  return made
}

/** Asks where the chosen words, or the link that the cursor is in, shall lead. */
export function askForLink(place: HTMLElement, view: EditorView): void {
  const { from, to } = linkAround(view)
  const before = hasMark('link')(view.state) ? hrefAt(view, from) : ''
  const set = (given: string) => {
    const href = /^[a-z][a-z0-9+.-]*:/i.test(given) ? given : `https://${given}`
    const address = given ? webAddress(href) : false
    if (!address) return 'This is no address of the web. One looks like https://example.org/page.'
    const tr = view.state.tr
    if (from === to) tr.insertText(given, from)
    const end = from === to ? from + given.length : to
    view.dispatch(tr.removeMark(from, end, schema.marks.link).addMark(from, end, schema.mark('link', address)))
    return null
  }
  const remove = () => {
    view.dispatch(view.state.tr.removeMark(from, to, schema.marks.link))
    return null
  }
  ask(place, view, {
    label: 'Address of the link',
    value: before,
    buttons: [['Set the link', set], ...(before ? [['Remove it', remove] as [string, () => null]] : [])],
  })
}

/** Asks what a picture shows, for whoever does not see it. */
export function askForWords(place: HTMLElement, view: EditorView): void {
  const { selection } = view.state
  if (!(selection instanceof NodeSelection) || selection.node.type !== schema.nodes.image) return
  const { from, node } = selection
  const set = (alt: string) => {
    if (!alt) return 'Say in a few words what it shows.'
    const found = view.state.doc.nodeAt(from)
    if (found?.attrs.src === node.attrs.src) view.dispatch(view.state.tr.setNodeMarkup(from, null, { ...node.attrs, alt }))
    return null
  }
  ask(place, view, {
    label: 'What the picture shows',
    value: node.attrs.alt,
    hint: 'For whoever does not see it.',
    buttons: [['Keep these words', set]],
  })
}

function linkAround({ state }: EditorView): { from: number; to: number } {
  const { from, to, empty, $from } = state.selection
  if (!empty || !hasMark('link')(state)) return { from, to }
  const href = schema.marks.link.isInSet($from.marks())?.attrs.href
  const isSame = (index: number) => schema.marks.link.isInSet($from.parent.maybeChild(index)?.marks ?? [])?.attrs.href === href
  let [first, last] = [$from.index(), $from.index()]
  if (!isSame(first)) first = last = first - 1
  while (first > 0 && isSame(first - 1)) first--
  while (isSame(last + 1)) last++
  const offset = (index: number) => $from.start() + $from.parent.children.slice(0, index).reduce((sum, child) => sum + child.nodeSize, 0)
  return { from: offset(first), to: offset(last + 1) }
}

function hrefAt({ state }: EditorView, from: number): string {
  const node = state.doc.nodeAt(from)
  return node ? (schema.marks.link.isInSet(node.marks)?.attrs.href ?? '') : ''
}
