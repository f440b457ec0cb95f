/**
 * The page with Next's scripts asked for after its first picture. It can be read and used without them, and together they
 * are ten times the page: asked for in its head, they come and run before anything is drawn. `nonce` is for the script
 * that asks for them.
 */
export function loadScriptsLate(html: string, nonce: string): string {
  const sources: string[] = []
  const without = html.replace(PRELOAD, '').replace(SCRIPT, (_tag, source: string) => {
    sources.push(source)
    return ''
  })
  const end = without.lastIndexOf('</body>')
  if (!sources.length || end < 0) return html
  return `${without.slice(0, end)}<script nonce="${nonce}">${loader(sources)}</script>${without.slice(end)}`
}

const PRELOAD = /<link rel="preload" as="script"[^>]*>/g
const SCRIPT = /<script src="(\/_next\/static\/[\w./-]+)"(?: (?:async|nonce)="[^"]*")*><\/script>/g

// A frame is drawn after its callbacks, so what a callback puts off comes after it. React looks for `async` on the tags.
function loader(sources: string[]): string {
  return `requestAnimationFrame(function(){setTimeout(function(){${JSON.stringify(sources)}.forEach(function(u){var s=document.createElement('script');s.async=true;s.src=u;document.head.append(s)})})})`
}
