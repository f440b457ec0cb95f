import { Fragment, Slice } from 'prosemirror-model'
import { EditorState, NodeSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { fromMarkdown } from '#components/editor/from-markdown.ts'
import { typing } from '#components/editor/keys.ts'
import { askForLink, askForWords } from '#components/editor/panels.ts'
import { cleanPasted } from '#components/editor/paste.ts'
import { schema } from '#components/editor/schema.ts'
import { toMarkdown } from '#components/editor/to-markdown.ts'
import { makeToolbar } from '#components/editor/toolbar.ts'
import { picturesIn, upload } from '#components/editor/upload.ts'

/** `put` has pictures kept and puts them where the cursor is; `close` leaves the field as it is. */
export type RichEditor = { focus: () => void; put: (pictures: File[]) => void; close: () => void }

type Given = { field: HTMLTextAreaElement; place: HTMLElement; choose: () => void; say: (words: string) => void; giveUp: () => void }

/**
 * Shows the Markdown of a field as it will look, in `place`, and writes into the field whatever is changed, as if it was typed
 * there; what others write into the field is shown. Null where the text is best changed as Markdown; `giveUp` is called when that
 * comes later.
 */
export function openRichEditor({ field, place, choose, say, giveUp }: Given): RichEditor | null {
  const doc = fromMarkdown(field.value)
  if (!doc) return null
  // What the field has because of what was typed here: anything else comes from elsewhere.
  let own = field.value
  const toolbar = makeToolbar(() => view, choose)
  const plugins = typing(() => {
    askForLink(toolbar.panel, view)
    return true
  })
  const frame = document.createElement('div')
  frame.className = 'editor-text'
  const view: EditorView = new EditorView(frame, {
    state: EditorState.create({ doc, plugins }),
    attributes: () => ({
      class: 'prose font-serif',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': 'Text of the answer',
      ...(field.getAttribute('aria-describedby') && { 'aria-describedby': field.getAttribute('aria-describedby') ?? '' }),
    }),
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr))
      toolbar.update(view)
      if (tr.docChanged && !tr.getMeta('from elsewhere')) write()
    },
    transformPastedHTML: cleanPasted,
    // Markdown that is pasted is meant, and a text without any becomes its paragraphs.
    clipboardTextParser: (text) => {
      const pasted = fromMarkdown(text)
      const lines = text.split(/\s*\n\s*/).filter((line) => line)
      return Slice.maxOpen(pasted?.content ?? Fragment.from(lines.map((line) => schema.node('paragraph', null, schema.text(line)))))
    },
    clipboardTextSerializer: ({ content }) => toMarkdown(schema.topNodeType.create(null, content)),
    handlePaste: (_, event) => taken(event, picturesIn(event.clipboardData), !event.clipboardData?.types.includes('text/html')),
    handleDrop: (_, event, _slice, moved) => taken(event, picturesIn(event.dataTransfer), !moved),
  })

  const write = () => {
    own = toMarkdown(view.state.doc)
    field.value = own
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  const put = async (pictures: File[]) => {
    for (const picture of pictures) {
      say('The picture is on its way …')
      const kept = await upload(picture)
      say('wrong' in kept ? kept.wrong : '')
      if ('wrong' in kept || !view.dom.isConnected) return
      const image = schema.node('image', { src: kept.src, alt: '' })
      const { tr, selection, doc: before } = view.state
      const { inlineContent, type } = selection.$to.parent
      const isInText = inlineContent && !type.spec.code
      view.dispatch(isInText ? tr.insert(selection.to, image) : tr.insert(before.content.size, schema.node('paragraph', null, [image])))
      chooseImage(kept.src)
      askForWords(toolbar.panel, view)
    }
  }

  const chooseImage = (src: string) => {
    view.state.doc.descendants((node, at) => {
      if (node.attrs.src === src) view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)))
    })
  }

  const taken = (event: Event, pictures: File[], isMeant: boolean) => {
    if (!pictures.length || !isMeant) return false
    event.preventDefault()
    void put(pictures)
    return true
  }

  // Events of what is inside are nobody's outside: the field tells of its own.
  const inside = (event: Event) => event.stopPropagation()
  const fromElsewhere = () => {
    if (field.value === own) return
    own = field.value
    const other = fromMarkdown(own)
    if (!other) return giveUp()
    view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, other.content).setMeta('from elsewhere', true))
  }
  const focus = () => view.focus()

  place.replaceChildren(toolbar.dom, toolbar.panel, frame)
  place.addEventListener('input', inside)
  field.addEventListener('input', fromElsewhere)
  field.addEventListener('focus', focus)
  toolbar.update(view)
  return {
    focus,
    put: (pictures) => void put(pictures),
    close: () => {
      place.removeEventListener('input', inside)
      field.removeEventListener('input', fromElsewhere)
      field.removeEventListener('focus', focus)
      view.destroy()
      place.replaceChildren()
    },
  }
}
