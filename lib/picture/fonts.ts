import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Font } from 'satori'

// Satori reads neither variable fonts nor several files under one name, so each file of a script is a family of its own,
// tried in this order. Scripts that none of them has are drawn as empty boxes.
const families = [
  ['instrument-sans', 'latin'],
  ['instrument-sans', 'latin-ext'],
  ['noto-sans', 'vietnamese'],
  ['noto-sans', 'cyrillic'],
  ['noto-sans', 'cyrillic-ext'],
  ['noto-sans', 'greek'],
  ['noto-sans', 'greek-ext'],
  ['noto-sans', 'devanagari'],
] as const

/** For the CSS of whatever is drawn. */
export const fontFamily = families.map((family) => family.join(' ')).join(', ')

let loaded: Font[] | undefined

/** Read on first use. The same list each time: Satori keeps what it has parsed of it. */
export function fonts(): Font[] {
  loaded ??= families.flatMap(([family, script]) =>
    ([400, 600] as const).map((weight) => ({
      name: `${family} ${script}`,
      weight,
      style: 'normal' as const,
      data: readFileSync(inModules(`@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`)),
    })),
  )
  return loaded
}

/** The emoji as a data URL; one that the set does not have yet is an empty square. */
export function emoji(grapheme: string): string {
  const codes = Array.from(grapheme, (character) => character.codePointAt(0)?.toString(16) ?? '')
  // The files' names leave out the variation selector, except inside some joined sequences.
  const names = [codes.join('-'), codes.filter((code) => code !== 'fe0f').join('-')]
  for (const name of names) {
    const svg = emojiFile(name)
    if (svg) return `data:image/svg+xml;base64,${svg.toString('base64')}`
  }
  return 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/%3E'
}

function emojiFile(name: string): Buffer | null {
  try {
    return readFileSync(inModules(`@twemoji/svg/${name}.svg`))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG')) return null
    throw error
  }
}

// A bundler would put import.meta.resolve's answer elsewhere; the server runs in the project's folder.
const inModules = (file: string) => join(process.cwd(), 'node_modules', file)
