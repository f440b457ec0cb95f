'use client'

import { useId } from 'react'

type Props = { name: string; as?: 'div' | 'script'; type?: string; className?: string }

/**
 * The place where components/ui/html-once.tsx puts HTML. In the browser the text is in the document already: hydration
 * leaves it alone, and a render from scratch reads it from there.
 */
export function HtmlSlot({ name, as: Tag = 'div', ...attributes }: Props) {
  const id = useId()
  const html = typeof window === 'undefined' ? fromFirstPass(name) : (document.getElementById(id)?.innerHTML ?? '')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: only sanitized HTML (lib/markdown.ts) and escaped JSON are kept
  return <Tag id={id} {...attributes} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />
}

function fromFirstPass(name: string): string {
  const shared = globalThis as { [key: symbol]: Map<string, { html: string }> | undefined }
  const kept = shared[Symbol.for('perch.once')]?.get(name)
  if (!kept) throw new Error('The text of this page was not kept for its second pass.')
  return kept.html
}
