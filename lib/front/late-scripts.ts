/**
 * The page with Next's scripts asked for after its first picture. It can be read and used without them, and together they
 * are ten times the page: asked for in its head, they come and run before anything is drawn. `nonce` is for the script
 * that asks for them.
 */
export function loadScriptsLate(html: string, nonce: string): string {
  const scripts: Script[] = []
  const without = html.replace(PRELOAD, '').replace(SCRIPT, (_tag, source: string, attributes: string) => {
    const [, integrity] = INTEGRITY.exec(attributes) ?? []
    scripts.push(integrity ? [source, integrity] : [source])
    return ''
  })
  const end = without.lastIndexOf('</body>')
  if (!scripts.length || end < 0) return html
  return `${without.slice(0, end)}<script nonce="${nonce}">${loader(scripts)}</script>${without.slice(end)}`
}

/** Its address, and the hash that the browser is to find where Next gives one. */
type Script = [source: string, integrity?: string]

const PRELOAD = /<link rel="preload" as="script"[^>]*>/g
const SCRIPT = /<script src="(\/_next\/static\/[\w./-]+)"((?: (?:async|nonce|integrity)="[^"]*")*)><\/script>/g
const INTEGRITY = / integrity="(sha[\w+/=-]+)"/

// A frame is drawn after its callbacks, so what a callback puts off comes after it. React looks for `async` on the tags.
function loader(scripts: Script[]): string {
  return `requestAnimationFrame(function(){setTimeout(function(){${JSON.stringify(scripts)}.forEach(function(u){var s=document.createElement('script');s.async=true;s.src=u[0];s.integrity=u[1]||'';document.head.append(s)})})})`
}
