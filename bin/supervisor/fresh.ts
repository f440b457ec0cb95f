import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run } from './child.ts'
import type { Environment } from './environment.ts'
import { root } from './place.ts'

const generated = 'prisma/client/made-from'
const schema = ['prisma/schema.prisma', 'node_modules/prisma/package.json', 'node_modules/@prisma/client/package.json']

/** All that a build is made from. */
export const sources = [
  ...['app', 'components', 'domain', 'lib', 'pages', 'public', 'prisma/schema.prisma', 'server.ts', 'instrumentation.ts'],
  ...['next.config.js', 'postcss.config.js', 'tsconfig.json', 'package.json', 'package-lock.json'],
]

// lib/front/public-script.ts reads it, which stands on packages that may not be there yet.
const publicScript = 'public-page.json'

/** Whether Prisma's client was generated from this schema by this version. */
export function isGenerated(): boolean {
  return isMadeFrom(join(root, generated), hashOf(root, schema))
}

export async function generate(env: Environment): Promise<void> {
  await run('generate', 'prisma', ['generate'], env)
  writeFileSync(join(root, generated), hashOf(root, schema))
}

/** Whether the site in `distDir` was built from these sources, and the script of public pages is still with it. */
export function isBuilt(distDir: string): boolean {
  return existsSync(join(root, distDir, publicScript)) && isMadeFrom(join(root, distDir, 'made-from'), hashOf(root, sources))
}

/** Builds the site. What changes meanwhile makes the build an old one. */
export async function build(distDir: string, env: Environment): Promise<void> {
  const hash = hashOf(root, sources)
  rmSync(join(root, distDir, 'made-from'), { force: true })
  await run('build', 'next', ['build'], { ...env, NODE_ENV: 'production', PERCH_DIST_DIR: distDir })
  writeFileSync(join(root, distDir, 'made-from'), hash)
}

/** Whether the stamp beside something that was made says that it was made from sources with this hash. */
export function isMadeFrom(stamp: string, hash: string): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

/**
 * One hash over names and contents of files and folders, not their times: git sets those anew. Tests are left out, since
 * nothing is made from them. A path that is not there counts as empty.
 */
export function hashOf(base: string, paths: string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((path) => filesIn(join(base, path)))) {
    hash
      .update(`${relative(base, path)}\0`)
      .update(readFileSync(path))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(path: string): string[] {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) return []
  if (!entry.isDirectory()) return /\.test\.tsx?$/.test(path) ? [] : [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
}
