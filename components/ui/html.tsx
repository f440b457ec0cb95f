/**
 * Sanitized HTML on a page to which an action may lead: then the browser renders it from the data that it was sent, and
 * html-once.tsx, which leaves the text out of that, would have none.
 */
export function Html({ html, className }: { html: string; className: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: only what lib/markdown.ts made comes here
  return <div className={className} dangerouslySetInnerHTML={{ __html: html }} />
}
