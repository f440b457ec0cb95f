import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** The one script of public pages: where it lies, and the hash to which browsers hold it. */
const PublicScript = z.object({ src: z.string().startsWith('/'), integrity: z.string() })
export type PublicScript = z.infer<typeof PublicScript>

/** Where it lies among the files that Next built. */
export const FOLDER = 'public-page'

/** The file in a build that says which it is. */
export function recordIn(distDir: string): string {
  return join(distDir, `${FOLDER}.json`)
}

/** The script that was made with a build. Throws where there is none. */
export function publicScriptOf(distDir: string): PublicScript {
  return PublicScript.parse(JSON.parse(readFileSync(recordIn(distDir), 'utf8')))
}

/**
 * The page with our one script in place of the framework's: nothing on it is drawn in the browser. Next marks its own scripts with
 * the nonce that it is given, here a word that never leaves the process, so that everything that bears the mark is Next's.
 */
export function withPublicScript(html: string, mark: string, script: PublicScript | null): string {
  const own = script ? `<script type="module" src="${script.src}" integrity="${script.integrity}"></script>` : ''
  const marked = new RegExp(`<script\\b[^>]*\\bnonce="${mark}"[^>]*>.*?</script>`, 'gs')
  const without = html.replace(PRELOAD, '').replace(marked, '').replaceAll(` nonce="${mark}"`, '').replaceAll(mark, '')
  return without.replace('</head>', () => `${own}</head>`)
}

const PRELOAD = /<link rel="preload" as="script"[^>]*>/g
