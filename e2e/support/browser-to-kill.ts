import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type BrowserContext, chromium } from '@playwright/test'

export type BrowserToKill = {
  context: BrowserContext
  /** All of its processes at once, with no time to write anything down. */
  kill: () => Promise<void>
}

/** A browser of our own, whose processes we know, with this folder for all that it keeps. */
export async function startBrowser(folder: string): Promise<BrowserToKill> {
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']
  const program = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  const child = spawn(program, [...flags, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const ended = once(child, 'exit')
  const browser = await chromium.connectOverCDP(await addressIn(child.stderr))
  const [context] = browser.contexts()
  if (!context) throw new Error('The browser has no window')
  return {
    context,
    kill: async () => {
      if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
      await ended
      await browser.close()
    },
  }
}

async function addressIn(said: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of said) {
    text += chunk
    const address = /ws:\/\/\S+/.exec(text)?.[0]
    if (address) return address
  }
  throw new Error(`The browser did not start: ${text}`)
}
