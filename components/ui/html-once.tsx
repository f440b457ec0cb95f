import { HtmlSlot } from '#components/ui/html-slot.tsx'
import { keepHtml } from '#lib/once.ts'

/**
 * HTML of ours or sanitized HTML of others, sent once. As a plain element it would also stand in the data that Next sends
 * along for hydration, and long answers are most of a page's bytes (docs/decisions/012).
 */
export function HtmlOnce({ html, className }: { html: string; className: string }) {
  return <HtmlSlot name={keepHtml(html)} className={className} />
}
