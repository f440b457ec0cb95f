import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { start, toItsEnd } from './child.ts'
import { Failure, talkingStep } from './say.ts'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * The path of a Chromium; a Java is there too when this returns. What is missing is installed where that may be done, else a
 * Failure says the one command that does it.
 */
export async function browserTools(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given && !existsSync(given)) throw new Failure(`There is no Chromium at CHROMIUM_PATH=${given}.`)
  const missing = [!given && !onPath(browsers) && 'chromium', !onPath(['java']) && 'default-jre-headless'].filter((name) => name !== false)
  if (missing.length) await install(missing)
  const chromium = given ?? onPath(browsers)
  if (!chromium) throw new Failure('Chromium was installed and is not found: name its program in CHROMIUM_PATH.')
  return chromium
}

/** The path of the first of these programs that there is. */
export function onPath(names: string[], path = process.env.PATH ?? ''): string | undefined {
  const folders = path.split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file))
}

async function install(packages: string[]): Promise<void> {
  const command = `apt-get update && apt-get install -y ${packages.join(' ')}`
  const hasApt = spawnSync('apt-get', ['--version']).status === 0
  if (!hasApt)
    throw new Failure(`The browser tests need Chromium and a Java; install them (on Debian: ${packages.join(' ')}), then try again.`)
  if (process.getuid?.() !== 0) throw new Failure(`The browser tests need ${packages.join(' and ')}; install with: sudo sh -c '${command}'`)
  await talkingStep(`Installing ${packages.join(' and ')}`, async () => {
    const code = await toItsEnd(start('/bin/sh', ['-c', command], 2, { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }))
    if (code !== 0) throw new Failure(`${packages.join(' and ')} could not be installed; see above.`)
  })
}
