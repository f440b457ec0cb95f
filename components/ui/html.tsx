/** Sanitized HTML, as lib/markdown.ts makes it. */
export function Html({ html, className }: { html: string; className: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: only what lib/markdown.ts made comes here
  return <div className={className} dangerouslySetInnerHTML={{ __html: html }} />
}
