import { openBySlash, opensBySlash } from '#components/enhance/slash.ts'
import { combobox, type Entry } from '#components/search/combobox.ts'
import { suggestionsFor } from '#components/search/suggestions.ts'
import { paths } from '#lib/paths.ts'

/** Opens what goes anywhere in the site: its pages, one's own where somebody is signed in, and what the search suggests. */
export function openPalette(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#palette') ?? build()
  if (dialog.open) return
  dialog.showModal()
  dialog.querySelector<HTMLInputElement>('[role="combobox"]')?.select()
  dialog.dispatchEvent(new Event('perch:opened'))
}

function build(): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  dialog.id = 'palette'
  dialog.setAttribute('aria-label', 'Go anywhere')
  dialog.className =
    'mx-auto mb-auto mt-[12vh] w-[min(34rem,calc(100vw-2.5rem))] rounded-[0.6rem] border border-line bg-raised p-4 text-ink shadow-lg backdrop:bg-black/40'
  dialog.innerHTML = `
    <label for="palette-field" class="text-sm text-soft">Go to a page, a topic, a mentor, a question</label>
    <input id="palette-field" type="text" class="field mt-2" autocomplete="off" spellcheck="false" maxlength="300">
    <ul id="palette-list" aria-label="Places" class="mt-2 max-h-[50vh] overflow-y-auto"></ul>
    <span role="status" class="sr-only"></span>
    <label class="mt-2 flex min-h-11 items-center gap-3 text-sm text-soft">
      <input type="checkbox" class="size-5 shrink-0 accent-accent"> Open this with “/” in this browser, and not only with Ctrl or ⌘ and K
    </label>`
  document.body.append(dialog)
  const [input, list, status, slash] = ['#palette-field', '#palette-list', '[role="status"]', '[type="checkbox"]'].map((selector) =>
    dialog.querySelector<HTMLElement>(selector),
  )
  if (!(input instanceof HTMLInputElement) || !list || !status || !(slash instanceof HTMLInputElement)) return dialog
  const { show } = combobox({ input, list, status, atOnce: placesFor, entries: morePlacesFor, takesFirst: true })
  dialog.addEventListener('perch:opened', () => {
    slash.checked = opensBySlash()
    show()
  })
  slash.addEventListener('change', () => openBySlash(slash.checked))
  // A click beside it.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  return dialog
}

function placesFor(text: string): Entry[] {
  const pages = fitting([...pagesOfSite(), ...ownPlaces], text)
  return text ? [...pages, { text: `Search for “${text}”`, about: null, url: paths.search(text) }] : pages
}

async function morePlacesFor(text: string, signal: AbortSignal): Promise<Entry[]> {
  const [suggested] = await Promise.all([suggestionsFor(text, signal).catch(() => []), readOwnPlaces()])
  return [...fitting(ownPlaces, text), ...suggested]
}

/** Those of which a word begins as the text does. */
function fitting(places: Entry[], text: string): Entry[] {
  const folded = fold(text)
  return places.filter(({ text: name }) =>
    fold(name)
      .split(' ')
      .some((_, n, words) => words.slice(n).join(' ').startsWith(folded)),
  )
}

/** The places of the header and the footer, and one's own; where a place is named twice, by its first name. */
function pagesOfSite(): Entry[] {
  const own: [string, string][] = [
    ['Following', paths.following()],
    ['My feed', paths.myFeed()],
    ['My questions', paths.myQuestions()],
    ['Saved answers', paths.mySaved()],
    ['Notices', paths.myNotices()],
    ['Settings', paths.settings()],
  ]
  const linked = [...document.querySelectorAll<HTMLAnchorElement>('[data-places] a, [data-foot] a')].map(
    (link) => [link.textContent.trim(), link.getAttribute('href') ?? ''] as const,
  )
  const named = [
    ['Home', paths.home()] as const,
    ['Ask a question', paths.ask()] as const,
    ...linked,
    ['Search', paths.search()] as const,
    ...(isSignedIn() ? own : [['Sign in', paths.signIn()] as const]),
  ]
  const names = new Map<string, string>()
  for (const [text, url] of named) if (!names.has(url)) names.set(url, text)
  return [...names].map(([url, text]) => ({ text, about: null, url }))
}

function isSignedIn(): boolean {
  return !document.querySelector('[data-viewer-place] [data-sign-in]')
}

/** Where one may go by what one is, once the server has said it. */
let ownPlaces: Entry[] = []
let reading: Promise<void> | null = null

function readOwnPlaces(): Promise<void> {
  if (!isSignedIn()) return Promise.resolve()
  reading ??= fetch(paths.viewer([], { places: '1' }), { headers: { accept: 'application/json' } })
    .then((answer) => answer.json())
    .then((viewer: unknown) => {
      if (typeof viewer !== 'object' || !viewer || !('places' in viewer) || !Array.isArray(viewer.places)) return
      ownPlaces = viewer.places.flatMap(placeOf)
    })
    .catch(() => {
      // Asked for again with the next text.
      reading = null
    })
  return reading
}

function placeOf(given: unknown): Entry[] {
  if (typeof given !== 'object' || !given || !('text' in given) || !('url' in given)) return []
  const { text, url } = given
  return typeof text === 'string' && typeof url === 'string' && url.startsWith('/') ? [{ text, about: null, url }] : []
}

/** As people compare names: without accents, in small letters. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
