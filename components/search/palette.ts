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
  dialog.ariaLabel = 'Go anywhere'
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
  const { show } = combobox({ input, list, status, entries: placesFor, takesFirst: true })
  dialog.addEventListener('perch:opened', () => {
    slash.checked = !localStorage.getItem(OFF)
    show()
  })
  slash.addEventListener('change', () => (slash.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1')))
  // A click beside it.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  return dialog
}

/** Under this name the browser keeps that `/` opens nothing (components/enhance/find-faster.ts). */
const OFF = 'slash-off'

async function placesFor(text: string, signal: AbortSignal): Promise<Entry[]> {
  const folded = fold(text)
  const pages = pagesOfSite().filter(({ text: name }) =>
    fold(name)
      .split(' ')
      .some((_, n, words) => words.slice(n).join(' ').startsWith(folded)),
  )
  if (!folded) return pages
  const search = { text: `Search for “${text}”`, about: null, url: paths.search(text) }
  const suggested = await suggestionsFor(text, signal).catch(() => [])
  return [...pages, ...suggested, search]
}

function pagesOfSite(): Entry[] {
  const signedIn = !document.querySelector('[data-viewer-place] [data-sign-in]')
  const queue = document.querySelector(`[data-places] a[href="${paths.queue()}"]`)
  const own: [string, string][] = [
    ['Following', paths.following()],
    ['My questions', paths.myQuestions()],
    ['Saved answers', paths.mySaved()],
    ['Notices', paths.myNotices()],
    ['Settings', paths.settings()],
  ]
  const everybody: [string, string][] = [
    ['Home', paths.home()],
    ['AMAs', paths.amas()],
    ['Communities', paths.communities()],
    ['Ask a question', paths.ask()],
    ['Search', paths.search()],
    ['About', paths.sitePage('about')],
    ['Guidelines', paths.sitePage('guidelines')],
  ]
  const list = [
    ...everybody,
    ...(queue ? [['My queue', paths.queue()] as const] : []),
    ...(signedIn ? own : [['Sign in', paths.signIn()] as const]),
  ]
  return list.map(([text, url]) => ({ text, about: null, url }))
}

/** As people compare names: without accents, in small letters. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
