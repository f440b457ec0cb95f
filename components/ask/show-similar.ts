import { forgetDevice } from '#components/ask/device-draft.ts'
import { paths } from '#lib/paths.ts'

/** Milliseconds after the last key: until something like it is looked for, and until a screen reader is told of it. */
const LOOK_AFTER = 350
const SAY_AFTER = 1_500
/** Characters that say enough to look for something. */
const ENOUGH = 10

type Similar = { answerId: string | null; title: string; url: string; passage: string | null }

/** Shows below the title what may already answer it: at most three, as links that the keyboard reaches next. */
export function showSimilar(root: HTMLElement, form: HTMLFormElement): () => void {
  const title = form.elements.namedItem('title')
  const place = root.querySelector<HTMLElement>('[data-similar]')
  const said = root.querySelector<HTMLElement>('[data-similar-said]')
  if (!(title instanceof HTMLTextAreaElement) || !place || !said) return () => {}
  let looking: number | undefined
  let saying: number | undefined
  let asked: AbortController | undefined

  const show = (similar: Similar[]) => {
    // Nothing moves under somebody who is reading it.
    if (place.contains(document.activeElement)) return
    place.replaceChildren(...(similar.length ? [heading(), list(similar, root)] : []))
    place.hidden = !similar.length
    said.textContent = ''
    clearTimeout(saying)
    if (similar.length) saying = window.setTimeout(() => (said.textContent = summary(similar.length)), SAY_AFTER - LOOK_AFTER)
  }

  const look = async () => {
    asked?.abort()
    asked = new AbortController()
    const text = title.value.trim()
    if (text.length < ENOUGH) return show([])
    try {
      const answer = await fetch(paths.similar(text, root.dataset.community), { signal: asked.signal })
      if (answer.ok) show(await answer.json())
    } catch {
      // Without a network there is nothing to show; the question can be written all the same.
    }
  }

  const typed = () => {
    clearTimeout(looking)
    clearTimeout(saying)
    looking = window.setTimeout(look, LOOK_AFTER)
  }

  if (title.value) typed()
  title.addEventListener('input', typed)
  return () => {
    clearTimeout(looking)
    clearTimeout(saying)
    asked?.abort()
    title.removeEventListener('input', typed)
  }
}

function summary(count: number): string {
  return count === 1 ? 'One question like yours is below the field.' : `${count} questions like yours are below the field.`
}

function heading(): HTMLElement {
  const line = document.createElement('p')
  line.className = 'font-semibold'
  line.textContent = 'Is it one of these?'
  return line
}

function list(similar: Similar[], root: HTMLElement): HTMLElement {
  const rows = document.createElement('ul')
  rows.className = 'mt-2 grid gap-4'
  rows.append(...similar.map((each) => row(each, root)))
  return rows
}

function row({ answerId, title, url, passage }: Similar, root: HTMLElement): HTMLElement {
  const row = document.createElement('li')
  const link = document.createElement('a')
  link.className = 'text-link'
  link.href = url
  link.textContent = title
  row.append(link)
  if (passage) {
    const words = document.createElement('p')
    words.className = 'mt-1 font-serif text-[0.95rem]'
    words.textContent = passage
    row.append(words)
  }
  if (answerId) row.append(thisAnswersIt(answerId, title, url, root))
  return row
}

function thisAnswersIt(answer: string, title: string, url: string, root: HTMLElement): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'text-link inline-flex min-h-11 cursor-pointer items-center text-[0.95rem]'
  const what = document.createElement('span')
  what.className = 'sr-only'
  what.textContent = `: ${title}`
  button.append('This answers it', what)
  button.addEventListener('click', async () => {
    const { ask: place = '', waiting: draft } = root.dataset
    const headers = { 'content-type': 'application/json' }
    // The answer is what the reader wants; whether it could be noted is not.
    await fetch(paths.answered(), { method: 'POST', headers, body: JSON.stringify({ answer, place, draft }), keepalive: true }).catch(
      () => null,
    )
    forgetDevice(place)
    location.assign(url)
  })
  return button
}
