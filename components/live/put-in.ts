/** Rows by the id of their question. */
type Rows = Map<string, HTMLElement>

/** What of the page follows along: small parts that are replaced whole, and one list of questions. */
export const LIST = '[data-live-list]'

/** Replaces the parts that say something else now; where the focus is only one that says nothing any more. */
export function putInParts(fresh: Document): void {
  let replaced = false
  for (const part of document.querySelectorAll<HTMLElement>('[data-live-part]')) {
    const now = fresh.querySelector(`[data-live-part="${part.dataset.livePart}"]`)
    if (!now) continue
    if (wordsOf(part) === wordsOf(now)) {
      if (countTo(part, now)) replaced = true
      continue
    }
    const focused = part.contains(document.activeElement)
    if (focused && wordsOf(now)) continue
    part.replaceWith(document.importNode(now, true))
    // What had it is gone.
    if (focused) document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
    replaced = true
  }
  if (replaced) document.dispatchEvent(new CustomEvent('perch:rows'))
}

/** The line that the browser fills in counts to the start as it is now: the rest stays, with what the reader pressed. Answers whether it moved. */
function countTo(part: HTMLElement, now: Element): boolean {
  const [line, there] = [part, now].map((one) => one.querySelector<HTMLElement>('[data-countdown]'))
  if (!line || !there || line.dataset.countdown === there.dataset.countdown) return false
  line.dataset.countdown = there.dataset.countdown ?? ''
  return true
}

/** The list as the server has it: its first page, and of what stands further down here the rows that were asked for. */
export type Fresh = {
  page: Document
  further: Rows
  askedFor: readonly string[]
  /** Questions that something is known to have happened to. */
  news: ReadonlySet<string>
}

/** How many questions are new, gone or different. */
export function changesIn({ page, further, askedFor, news }: Fresh): number {
  const here = rowsIn(document)
  const changed = [...rowsIn(page), ...further].filter(([id, row]) => !isSame(here.get(id), row, news.has(id)))
  return changed.length + askedFor.filter((id) => !further.has(id)).length
}

/**
 * Makes the list what the server has now: its rows in its order, and below them those that the reader opened further down.
 * Rows that are the same stay; one that is replaced keeps what the reader did with it. What is being read does not move.
 */
export function putInList({ page, further, askedFor, news }: Fresh): void {
  const [list, now] = [document.querySelector(LIST), page.querySelector(LIST)]
  if (!list || !now) return
  keepPlace(() => {
    const rows = list.querySelector('ol')
    if (!rows || !now.querySelector('ol')) return list.replaceChildren(...document.importNode(now, true).childNodes)
    const here = rowsIn(document)
    for (const id of askedFor) if (!further.has(id)) here.get(id)?.remove()
    for (const [id, row] of further) rowNow(here.get(id), row, news.has(id))
    const wanted = [...rowsIn(page)].map(([id, row]) => rowNow(here.get(id), row, news.has(id)))
    for (const [i, row] of wanted.entries()) if (rows.children[i] !== row) rows.insertBefore(row, rows.children[i] ?? null)
  })
  document.dispatchEvent(new CustomEvent('perch:rows'))
}

/** Takes a question away that nobody is to see any more. */
export function takeOut(question: string): void {
  keepPlace(() => rowsIn(document).get(question)?.remove())
}

export function rowsIn(page: Document): Rows {
  const rows = [...page.querySelectorAll<HTMLElement>(`${LIST} li[data-question]`)]
  return new Map(rows.map((row) => [row.dataset.question ?? '', row]))
}

/** The row that stands here, or in its place the one as it is now. */
function rowNow(here: HTMLElement | undefined, there: HTMLElement, changed: boolean): HTMLElement {
  if (here && isSame(here, there, changed)) return here
  const row = document.importNode(there, true)
  if (here) {
    takeOver(here, row)
    here.replaceWith(row)
  } else row.dataset.came = ''
  return row
}

function isSame(here: HTMLElement | undefined, there: HTMLElement, changed: boolean): boolean {
  return here !== undefined && !changed && saidBy(here) === saidBy(there)
}

/** What a row says that does not change by itself, as ages and numbers do. */
function saidBy(row: HTMLElement): string {
  return `${row.dataset.answers} ${wordsOf(row, '[data-acts], time')}`
}

/** The words that the server put into it, without those `beside` them and what the browser fills in itself. */
function wordsOf(element: Element, ...beside: string[]): string {
  const copy = element.cloneNode(true) as Element
  for (const other of copy.querySelectorAll(['[data-needs-js]', ...beside].join())) other.remove()
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** What the reader opened stays open, what they pressed stays pressed. */
function takeOver(before: HTMLElement, row: HTMLElement): void {
  for (const answer of row.querySelectorAll<HTMLElement>('[data-clipped][data-answer]')) {
    const opened = before.querySelector<HTMLElement>(`[data-answer="${answer.dataset.answer}"]:not([data-clipped])`)
    if (opened) delete answer.dataset.clipped
  }
  const [form, then] = [row.querySelector<HTMLFormElement>('form[data-press]'), before.querySelector('form[data-press] button')]
  if (!form) return
  // A form that is not there any more gave way to a word for whoever asked.
  if (!then) return form.replaceWith(form.dataset.own ?? '')
  const button = form.querySelector('button')
  // An answer fulfils the requests there are; when it is taken back, the server is asked who waits again.
  const pressed = then.getAttribute('aria-pressed')
  if (button && wordsOf(button) === wordsOf(then)) {
    if (pressed !== null) button.setAttribute('aria-pressed', pressed)
  } else if (button && row.dataset.answers !== '0') button.setAttribute('aria-pressed', 'false')
}

/** Whatever changes above or below: the row that is being read stays where it is on the screen. */
function keepPlace(change: () => void): void {
  const read = [...rowsIn(document).values()].find((row) => row.getBoundingClientRect().bottom > innerHeight / 3)
  const id = read?.dataset.question ?? ''
  const before = read?.getBoundingClientRect().top ?? 0
  const inside = before < innerHeight / 3
  const { style } = document.documentElement
  // The browser's own way of doing this would add to ours.
  style.overflowAnchor = 'none'
  change()
  const after = rowsIn(document).get(id)?.getBoundingClientRect().top
  if (inside && after !== undefined && after !== before) scrollBy({ top: after - before, behavior: 'instant' })
  requestAnimationFrame(() => (style.overflowAnchor = ''))
}
