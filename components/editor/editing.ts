import { button } from '#components/editor/panels.ts'
import { openRichEditor, type RichEditor } from '#components/editor/rich-editor.ts'
import { picturesIn, upload } from '#components/editor/upload.ts'
import { keep, kept } from '#components/enhance/kept.ts'

/** On this device, which way of writing was chosen last. */
const CHOSEN = 'perch-writes-markdown'

/**
 * Lets a field of Markdown be written in as it will look, or as it is. What is in the field stays the text; whoever has begun to
 * type before this came goes on as they began. `root` has the field, and a place for what is said and switched.
 */
export function editing(root: HTMLElement): () => void {
  const field = root.querySelector('textarea')
  const row = root.querySelector<HTMLElement>('[data-editor-row]')
  if (!field || !row) return () => {}
  const adds = root.closest('form')?.querySelector<HTMLElement>('[data-add-image] > summary')
  let rich: RichEditor | null = null
  const place = document.createElement('div')
  place.className = 'editor'
  place.hidden = true
  field.after(place)
  const told = document.createElement('span')
  told.setAttribute('role', 'status')
  const say = (words: string) => {
    told.textContent = words
  }

  const chooser = Object.assign(document.createElement('input'), {
    type: 'file',
    accept: 'image/jpeg,image/png,image/webp',
    multiple: true,
  })
  const choose = () => chooser.click()
  const put = (pictures: File[]) => (rich ? rich.put(pictures) : void putIntoField(field, pictures, say))
  chooser.addEventListener('change', () => {
    put([...(chooser.files ?? [])])
    chooser.value = ''
  })

  const toRich = () => {
    // As high as the field, so that nothing below moves.
    place.style.setProperty('--height', `${field.offsetHeight}px`)
    rich = openRichEditor({ field, place, choose, say, giveUp: toPlain })
    if (!rich) {
      say('This text has things in it that are best changed as Markdown.')
      return
    }
    place.hidden = false
    field.classList.add('editor-under')
    field.tabIndex = -1
    field.setAttribute('aria-hidden', 'true')
    change.textContent = 'Write as Markdown'
  }
  const toPlain = () => {
    rich?.close()
    rich = null
    place.hidden = true
    field.classList.remove('editor-under')
    field.removeAttribute('tabindex')
    field.removeAttribute('aria-hidden')
    change.textContent = 'Write as it will look'
  }
  const change = button('Write as it will look', () => {
    say('')
    if (rich) toPlain()
    else toRich()
    keep(CHOSEN, rich === null ? '1' : null)
    if (rich) rich.focus()
    else field.focus()
  })
  row.replaceChildren(change, told)

  const pasted = (event: ClipboardEvent) => taken(event, picturesIn(event.clipboardData))
  const dropped = (event: DragEvent) => taken(event, picturesIn(event.dataTransfer))
  const taken = (event: Event, pictures: File[]) => {
    if (rich || !pictures.length) return
    event.preventDefault()
    put(pictures)
  }
  const pressed = (event: Event) => {
    event.preventDefault()
    choose()
  }
  field.addEventListener('paste', pasted)
  field.addEventListener('drop', dropped)
  adds?.addEventListener('click', pressed)
  if (document.activeElement !== field && kept(CHOSEN) === null) toRich()
  return () => {
    toPlain()
    field.removeEventListener('paste', pasted)
    field.removeEventListener('drop', dropped)
    adds?.removeEventListener('click', pressed)
    place.remove()
    row.replaceChildren()
  }
}

/** Where the cursor is, with words to type over. */
async function putIntoField(field: HTMLTextAreaElement, pictures: File[], say: (words: string) => void): Promise<void> {
  for (const picture of pictures) {
    say('The picture is on its way …')
    const kept = await upload(picture)
    say('wrong' in kept ? kept.wrong : '')
    if ('wrong' in kept) return
    const at = field.selectionEnd
    field.setRangeText(`![what it shows](${kept.src})`, at, at)
    field.setSelectionRange(at + 2, at + '![what it shows'.length)
    field.focus()
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}
