/** Text that is XML already; only the `xml` tag makes it. */
export type Xml = { readonly markup: string }
type Value = Xml | Xml[] | string | number | Date | null | undefined

/**
 * XML as it is written, with every value escaped, for text and for attributes in double quotes. Dates become RFC 3339;
 * null and undefined nothing; Xml (or a list of it) stands as it is.
 */
export function xml(parts: TemplateStringsArray, ...values: Value[]): Xml {
  return { markup: parts.reduce((written, part, i) => written + shown(values[i - 1]) + part) }
}

/** The whole document, with its declaration, as UTF-8. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.markup}`
}

function shown(value: Value): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(({ markup }) => markup).join('')
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? value.markup : escapeXml(`${value}`)
}

function escapeXml(text: string): string {
  return text.replace(special, (character) => entities[character] ?? '')
}

// XML 1.0 has no place for control characters, unpaired surrogates and U+FFFE/F, not even escaped: they are left out. A
// bare carriage return would be read as a line feed.
const special = /[&<>"'\r]|[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\r': '&#13;' }
