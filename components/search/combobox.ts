/** A place that a list of options leads to; `about` stands beside it in grey. */
export type Entry = { text: string; about: string | null; url: string }

type Combobox = {
  input: HTMLInputElement
  list: HTMLElement
  /** Says how many options there are to those who do not see them. */
  status: HTMLElement
  /** What is to be chosen from for a text as soon as it is typed. Without it the list says nothing of a text until it was asked about. */
  atOnce?: (text: string) => Entry[]
  /** What is to be chosen from for a text, below that. */
  entries: (text: string, signal: AbortSignal) => Promise<Entry[]>
  /** Whether the first option is taken by Enter though nobody went to it: a palette has nothing else to do. */
  takesFirst: boolean
}

/** Milliseconds without a key before what was typed is asked about. */
const PAUSE = 120

/**
 * The pattern of a combobox with a list (ARIA): arrows go through the options while the field keeps the focus, Enter
 * follows the one that is reached, Escape closes the list. `show` asks for what stands in the field.
 */
export function combobox({ input, list, status, atOnce, entries, takesFirst }: Combobox): { show: () => void } {
  let reached = -1
  /** The options of the list that were there at once. */
  let first: Entry[] = []
  let asking = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  list.setAttribute('role', 'listbox')
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  })) {
    input.setAttribute(name, value)
  }

  const options = () => [...list.querySelectorAll<HTMLElement>('[role="option"]')]
  const close = () => {
    asking.abort()
    clearTimeout(timer)
    reach(-1)
    list.hidden = true
    input.setAttribute('aria-expanded', 'false')
  }
  const reach = (place: number) => {
    reached = place
    for (const [n, option] of options().entries()) option.setAttribute('aria-selected', `${n === place}`)
    const option = options()[place]
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
    option?.scrollIntoView({ block: 'nearest' })
  }
  const fill = (shown: HTMLElement[], more: Entry[]) => {
    list.replaceChildren(...shown, ...more.map((entry, n) => optionOf(entry, `${list.id}-${shown.length + n}`)))
    const { length } = options()
    list.hidden = length === 0
    input.setAttribute('aria-expanded', `${length > 0}`)
  }
  /** What was reached answered another text: Enter does not follow it any more. */
  const changed = () => {
    clearTimeout(timer)
    asking.abort()
    reach(-1)
    if (!atOnce) return
    first = atOnce(input.value.trim())
    fill([], first)
    if (takesFirst) reach(0)
  }
  const ask = () => {
    asking = new AbortController()
    const { signal } = asking
    entries(input.value.trim(), signal).then(
      (found) => {
        if (signal.aborted) return
        // Nothing that somebody may have reached meanwhile changes its place.
        fill(
          options().slice(0, first.length),
          found.filter(({ url }) => !first.some((entry) => entry.url === url)),
        )
        const { length } = options()
        status.textContent = length === 1 ? '1 suggestion' : length > 0 ? `${length} suggestions` : ''
        reach(reached < first.length ? reached : -1)
      },
      () => {
        // Without an answer the field is a plain one.
        if (!signal.aborted) close()
      },
    )
  }
  const show = () => {
    changed()
    ask()
  }
  /** Nothing of it is still open where Back shows the page again as it was left. */
  const follow = (option: HTMLElement | undefined): boolean => {
    const { url } = option?.dataset ?? {}
    if (!url) return false
    close()
    input.closest('dialog')?.close()
    location.assign(url)
    return true
  }
  const move = (by: number) => {
    const count = options().length
    if (list.hidden || count === 0) return show()
    // From the field itself to the first or last, and back to it behind them.
    const next = reached + by
    reach(takesFirst ? (next + count) % count : next < -1 ? count - 1 : next >= count ? -1 : next)
  }
  /** Whether the key was for the list. */
  const press = (key: string): boolean => {
    const shown = !list.hidden
    if (key === 'ArrowDown' || key === 'ArrowUp') move(key === 'ArrowDown' ? 1 : -1)
    else if (key === 'Enter') return shown && follow(options()[reached])
    else if (key === 'Escape' && shown && !takesFirst) close()
    else return false
    return true
  }
  input.addEventListener('input', () => {
    changed()
    timer = setTimeout(ask, PAUSE)
  })
  input.addEventListener('keydown', (event) => {
    if (!event.isComposing && press(event.key)) event.preventDefault()
  })
  if (!takesFirst) input.addEventListener('blur', close)
  // The field keeps the focus while an option is pressed.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) => {
    if (target instanceof Element) follow(target.closest<HTMLElement>('[role="option"]') ?? undefined)
  })
  return { show }
}

function optionOf({ text, about, url }: Entry, id: string): HTMLElement {
  const option = document.createElement('li')
  option.id = id
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  option.dataset.url = url
  option.className = 'flex min-h-11 cursor-pointer flex-wrap items-baseline gap-x-3 px-3.5 py-2.5 hover:bg-paper aria-selected:bg-line'
  const name = document.createElement('span')
  name.textContent = text
  option.append(name)
  if (about) {
    const more = document.createElement('span')
    more.className = 'text-sm text-soft'
    more.textContent = about
    option.append(' ', more)
  }
  return option
}
