import { type Xml, xml, xmlDocument } from '#lib/xml.ts'

export type AtomFeed = {
  /** UUID of what the feed is about: it stays when names, slugs and the site's address change. */
  id: string
  title: string
  subtitle: string
  /** Absolute URLs of the feed itself, and of the page it follows. */
  self: string
  page: string
  icon: string
  /** When there are no entries; else what was published or changed last says it. */
  updated: Date
  entries: AtomEntry[]
}

export type AtomEntry = {
  /** UUID; no other entry of any feed has it. */
  id: string
  title: string
  /** Absolute URL */
  link: string
  published: Date
  /** Not before `published`. */
  updated: Date
  author: { name: string; uri?: string }
  /** Sanitized; its relative links count from `link`. */
  html: string
  /** What it says in short, as text. */
  summary: string
}

export const ATOM_TYPE = 'application/atom+xml; charset=utf-8'

/** An Atom document (RFC 4287). */
export function atomDocument(feed: AtomFeed): string {
  const latest = Math.max(...feed.entries.map((each) => each.updated.getTime()))
  return xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>urn:uuid:${feed.id}</id>
  <title>${feed.title}</title>
  <subtitle>${feed.subtitle}</subtitle>
  <updated>${feed.entries.length ? new Date(latest) : feed.updated}</updated>
  <link rel="self" type="application/atom+xml" href="${feed.self}"/>
  <link rel="alternate" type="text/html" href="${feed.page}"/>
  <icon>${feed.icon}</icon>
${feed.entries.map(entry)}</feed>
`)
}

function entry({ id, title, link, published, updated, author, html, summary }: AtomEntry): Xml {
  return xml`  <entry>
    <id>urn:uuid:${id}</id>
    <title>${title}</title>
    <link rel="alternate" type="text/html" href="${link}"/>
    <published>${published}</published>
    <updated>${updated}</updated>
    <author><name>${author.name}</name>${author.uri ? xml`<uri>${author.uri}</uri>` : ''}</author>
    <summary>${summary}</summary>
    <content type="html" xml:base="${link}">${html}</content>
  </entry>
`
}
