import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import { FOLDER, type PublicScript, recordIn } from '#lib/front/public-script.ts'

/** As Next builds for. */
const BROWSERS = ['chrome111', 'edge111', 'firefox111', 'safari16.4']

/**
 * Makes the script of public pages beside what Next built in `distDir`, where Next serves it as it does its own, and notes which it
 * is. What only some pages want is in files that it asks for itself.
 */
export async function packPublicScript(distDir: string, entry: string): Promise<void> {
  const { output } = await build({
    input: entry,
    platform: 'browser',
    transform: { target: BROWSERS },
    output: {
      dir: join(distDir, 'static', FOLDER),
      entryFileNames: '[name]-[hash].js',
      chunkFileNames: '[name]-[hash].js',
      minify: true,
    },
  })
  const [{ fileName, code }] = output
  const script: PublicScript = {
    src: `/_next/static/${FOLDER}/${fileName}`,
    integrity: `sha256-${createHash('sha256').update(code).digest('base64')}`,
  }
  writeFileSync(recordIn(distDir), JSON.stringify(script))
}
