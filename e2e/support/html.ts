import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** What a page says to programs that read its source. */
export type PageSource = {
  title: string
  /** By name or property. */
  meta: ReadonlyMap<string, string>
  canonical: string | undefined
  headings: string[]
  ids: string[]
  /** Where its links lead, as they are written. */
  links: string[]
  feeds: string[]
  stylesheets: string[]
  icons: string[]
  scripts: string[]
  jsonLd: Record<string, unknown>[]
}

export function readHtml(html: string): PageSource {
  const all = elements(parse(html).childNodes)
  const named = (name: string) => all.filter(({ tagName }) => tagName === name)
  const linked = (rel: string) => named('link').filter((link) => attribute(link, 'rel') === rel)
  const scripts = named('script')
  return {
    title: named('title').map(text)[0] ?? '',
    meta: new Map(
      named('meta').map((meta) => [attribute(meta, 'name') ?? attribute(meta, 'property') ?? '', attribute(meta, 'content') ?? '']),
    ),
    canonical: attribute(linked('canonical')[0], 'href'),
    headings: named('h1').map(text),
    ids: all.flatMap((element) => attribute(element, 'id') ?? []),
    links: named('a').flatMap((a) => attribute(a, 'href') ?? []),
    feeds: linked('alternate').flatMap((link) =>
      attribute(link, 'type') === 'application/atom+xml' ? (attribute(link, 'href') ?? []) : [],
    ),
    stylesheets: linked('stylesheet').flatMap((link) => attribute(link, 'href') ?? []),
    icons: ['icon', 'apple-touch-icon'].flatMap((rel) => linked(rel).map(({ attrs }) => attrs.map(({ value }) => value).join(' '))),
    scripts: scripts.flatMap((script) => attribute(script, 'src') ?? []),
    jsonLd: scripts.filter((script) => attribute(script, 'type') === 'application/ld+json').map((script) => JSON.parse(text(script))),
  }
}

/** The mails that /dev/mail shows: `id` is one mail's own, `label` says the subject and the person. */
export function readMails(html: string): { id: string; label: string; text: string }[] {
  const articles = elements(parse(html).childNodes).filter(({ tagName }) => tagName === 'article')
  return articles.map((article) => ({
    id: attribute(article, 'id') ?? '',
    label: attribute(article, 'aria-label') ?? '',
    text: text(article),
  }))
}

function elements(nodes: Node[]): Element[] {
  return nodes.flatMap((node) => ('tagName' in node ? [node, ...elements(node.childNodes)] : []))
}

function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((given) => given.name === name)?.value
}

function text(element: Element): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : 'tagName' in node ? text(node) : '')).join('')
}
