import { onClick } from '#components/enhance/on-click.ts'

/** "More …" below a list sets the next page's rows in below, and takes the next page's link. */
export function openMoreInPlace(): () => void {
  return onClick('a[data-more-link]', (link, event) => {
    const list = link.closest<HTMLElement>('[data-more-list]')
    if (!(link instanceof HTMLAnchorElement) || !list || link.hasAttribute('aria-busy')) return
    event.preventDefault()
    link.setAttribute('aria-busy', 'true')
    extend(list, link).catch(() => location.assign(link.href))
  })
}

/** Pages that are set in at most to come to the answer that an address names. */
const PAGES = 20

/** The answer that the address names and that stands on a later page: the pages until there are set in. */
export function openAsFarAsNamed(): () => void {
  const open = () => {
    if (/^#answer-./.test(location.hash)) void openUntil(location.hash.slice(1)).catch(() => undefined)
  }
  open()
  window.addEventListener('hashchange', open)
  return () => window.removeEventListener('hashchange', open)
}

async function openUntil(id: string): Promise<void> {
  if (document.getElementById(id)) return
  for (let page = 0; page < PAGES && !document.getElementById(id); page++) {
    const link = document.querySelector<HTMLAnchorElement>('a[data-more-link]:not([aria-busy])')
    const list = link?.closest<HTMLElement>('[data-more-list]')
    if (!link || !list) break
    link.setAttribute('aria-busy', 'true')
    await extend(list, link).finally(() => link.removeAttribute('aria-busy'))
  }
  // The browser looked for it before it was here.
  document.getElementById(id)?.scrollIntoView()
}

async function extend(list: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  const response = await fetch(link.href)
  if (!response.ok) throw new Error(`${response.status}`)
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  // A page may have several lists; the words of its link name each.
  const next = [...page.querySelectorAll<HTMLElement>('[data-more-list]')].find(({ dataset }) => dataset.moreList === list.dataset.moreList)
  const rows = next?.querySelector('ul, ol')?.children
  const shown = list.querySelector('ul, ol')
  if (!rows?.length || !shown) throw new Error('the next page has no such list')
  // While an AMA is live its order moves, and a question of the next page may stand here already.
  const isHere = ({ dataset: { question } }: HTMLElement) => question && shown.querySelector(`[data-question="${question}"]`)
  const fresh = [...rows].filter((row) => !(row instanceof HTMLElement && isHere(row)))
  const [first, ...others] = fresh.map((row) => document.importNode(row, true))
  if (first) shown.append(first, ...others)
  const further = next?.querySelector<HTMLAnchorElement>('a[data-more-link]')
  if (further) link.href = further.getAttribute('href') ?? ''
  else link.parentElement?.remove()
  link.removeAttribute('aria-busy')
  // The reader, and a screen reader, goes on at the first new row.
  first?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
  document.dispatchEvent(new CustomEvent('perch:rows'))
}
