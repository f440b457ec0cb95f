import { globSync, statSync } from 'node:fs'
import { say } from '#bench/databases.ts'
import { run } from '#bench/processes.ts'

/** A folder of its own, so that measuring takes no files from a site that is being served. */
export const BENCH_BUILD = '.next-bench'

const sources = ['{app,components,domain,lib,pages,public}/**/*', 'prisma/schema.prisma', '*.{ts,js,json}']

/** Builds the site if a source is newer than the build. */
export async function ensureBuild(): Promise<void> {
  const built = statSync(`${BENCH_BUILD}/BUILD_ID`, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const isOld = globSync(sources).some((path) => !/\.test\.tsx?$|^next-env/.test(path) && statSync(path).mtimeMs > built)
  if (!isOld) return
  say('Building the site')
  await run('node_modules/next/dist/bin/next', ['build'], { NODE_ENV: 'production', PERCH_DIST_DIR: BENCH_BUILD })
}
