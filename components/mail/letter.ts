import { Body, Button, Container, Head, Heading, Html, Link, Preview, Text } from '@react-email/components'
import { createContext, createElement, type ReactElement, type ReactNode, use } from 'react'

/** The name of the site whose mail it is. */
export const SiteName = createContext('')

const ink = '#1a1f24'
const soft = '#59626b'
const font = '"Instrument Sans", -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'

/** A mail's frame: what inboxes show beside the subject, a heading, and what stands below it. Mail programs know no stylesheet. */
export function letter(preview: string, heading: string, ...parts: ReactNode[]): ReactElement {
  const body = { backgroundColor: '#ffffff', color: ink, fontFamily: font, margin: 0, padding: '24px 0' }
  const head = createElement(Heading, { as: 'h1', style: { fontSize: '22px', lineHeight: '30px', margin: '0 0 16px' } }, heading)
  const container = createElement(Container, { style: { maxWidth: '480px', padding: '0 20px' } }, head, ...parts, createElement(Signature))
  return createElement(
    Html,
    { lang: 'en' },
    createElement(Head, null, createElement('title', null, heading)),
    createElement(Body, { style: body }, createElement(Preview, null, preview), container),
  )
}

export function paragraph(...words: ReactNode[]): ReactElement {
  return createElement(Text, { style: { fontSize: '16px', lineHeight: '24px', margin: '0 0 16px' } }, ...words)
}

/** Where somebody began a new line in what they wrote; `key` tells it from others beside it. */
export function lineBreak(key: number): ReactElement {
  return createElement('br', { key })
}

/** What matters only to some. */
export function aside(...words: ReactNode[]): ReactElement {
  return createElement(Text, { style: { color: soft, fontSize: '14px', lineHeight: '21px', margin: '0 0 16px' } }, ...words)
}

/** A code to be typed, large enough to be read from across a desk. */
export function codeToType(code: string): ReactElement {
  const style = { fontSize: '34px', fontWeight: 600, letterSpacing: '6px', lineHeight: '44px', margin: '0 0 16px' }
  return createElement(Text, { style }, code)
}

export function button(label: string, href: string): ReactElement {
  const style = {
    backgroundColor: '#0b6370',
    borderRadius: '8px',
    color: '#ffffff',
    fontSize: '16px',
    fontWeight: 600,
    padding: '12px 20px',
  }
  return paragraph(createElement(Button, { href, style }, label))
}

/** A link inside what matters only to some. */
export function textLink(label: string, href: string): ReactElement {
  return createElement(Link, { href, style: { color: soft, textDecoration: 'underline' } }, label)
}

function Signature(): ReactElement {
  return aside(`${use(SiteName)}: people who have done a job answer questions about it.`)
}
