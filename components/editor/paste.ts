/**
 * HTML from documents and mail as plain HTML of what the editor has: word processors write lists as paragraphs and bold text as
 * styles. Styles become `data-style` before anything reads them, so that none is ever applied, in whatever document.
 */
export function cleanPasted(html: string): string {
  const body = new DOMParser().parseFromString(withoutStyles(fragmentOf(html)), 'text/html').body
  const all = (selector: string) => [...body.querySelectorAll<HTMLElement>(selector)]
  for (const comment of commentsIn(body)) comment.remove()
  for (const gone of all('script, style, meta, link, title, template, noscript, svg, math, object, iframe, input, button')) gone.remove()
  for (const marker of all('[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]')) markers(marker)
  for (const wrapper of all('b[data-style*="font-weight:normal" i], b[data-style*="font-weight: normal" i], [id^="docs-internal-guid"]'))
    wrapper.replaceWith(...wrapper.childNodes)
  for (const styled of all('span[data-style]')) stress(styled)
  listsOfWord(body)
  for (const table of all('table')) table.replaceWith(tableSource(table as HTMLTableElement))
  for (const paragraph of all('p, div')) if (!paragraph.textContent?.trim() && !paragraph.querySelector('img, hr')) paragraph.remove()
  return body.innerHTML.replaceAll('&nbsp;', ' ')
}

function fragmentOf(html: string): string {
  return /<!--StartFragment-->(.*)<!--EndFragment-->/s.exec(html)?.[1] ?? html
}

function withoutStyles(html: string): string {
  return html
    .replace(/<style\b.*?<\/style\s*>/gis, '')
    .replace(/<\/?o:[^>]*>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-style=').replace(/\son\w+\s*=/gi, ' data-on='))
}

function commentsIn(body: HTMLElement): Comment[] {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const found: Comment[] = []
  while (walker.nextNode()) found.push(walker.currentNode as Comment)
  return found
}

/** Word writes a list item's bullet or number as text. */
function markers(marker: HTMLElement): void {
  const item = marker.closest('p')
  if (item) item.dataset.marker = marker.textContent?.trim() ?? ''
  marker.remove()
}

function stress(span: HTMLElement): void {
  const style = span.dataset.style ?? ''
  const names = [
    /font-weight:\s*(bold|[6-9]\d\d)/i.test(style) && 'strong',
    /font-style:\s*italic/i.test(style) && 'em',
    /text-decoration[^;]*line-through/i.test(style) && 'del',
  ]
  for (const name of names) {
    if (!name) continue
    const mark = document.createElement(name)
    mark.append(...span.childNodes)
    span.append(mark)
  }
}

function listsOfWord(body: HTMLElement): void {
  let open: Level[] = []
  for (const item of body.querySelectorAll<HTMLElement>('p')) {
    const level = Number(/mso-list:[^;]*level(\d+)/i.exec(item.dataset.style ?? '')?.[1] ?? 0)
    const goesOn = level > 0 && item.previousElementSibling === open[0]?.list
    open = level === 0 ? [] : levels(item, level, goesOn ? open : [])
    const entry = document.createElement('li')
    const words = document.createElement('p')
    const list = open.at(-1)?.list
    if (!list) continue
    words.append(...item.childNodes)
    entry.append(words)
    list.append(entry)
    item.remove()
  }
}

type Level = { list: HTMLElement; level: number }

/** The lists that are open where an item of that level stands, with a new one if it begins one. */
function levels(item: HTMLElement, level: number, before: Level[]): Level[] {
  const open = before.filter((each) => each.level <= level)
  const innermost = open.at(-1)
  if (innermost?.level === level) return open
  const list = document.createElement(/^\(?\w+[.)]/.test(item.dataset.marker ?? '') ? 'ol' : 'ul')
  const above = innermost?.list.lastElementChild
  if (above) above.append(list)
  else item.before(list)
  return [...open, { list, level }]
}

/** A table as Markdown, which the editor keeps as it is. */
function tableSource(table: HTMLTableElement): HTMLElement {
  const rows = [...table.rows].map((row) =>
    [...row.cells].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim().replace(/[\\|]/g, '\\$&') ?? ''),
  )
  const width = Math.max(1, ...rows.map((row) => row.length))
  const line = (cells: string[]) => `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`
  const [head = [], ...rest] = rows
  const source = document.createElement('pre')
  source.dataset.source = ''
  source.textContent = [line(head), line(Array.from({ length: width }, () => '-')), ...rest.map(line)].join('\n')
  return source
}
