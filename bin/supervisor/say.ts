import { styleText } from 'node:util'

/** An expected failure: its message is one sentence for the person at the terminal, and the command exits with 1. */
export class Failure extends Error {
  override name = 'Failure'
}

/** Says a line on standard error, so that what a command prints itself stays alone on standard output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Says what is done while it is done, and how long it took. */
export function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  return timed(title, work, process.stderr.isTTY ? countSeconds(title) : announce(title))
}

/** The same for work that says itself how far it is. */
export function talkingStep<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  return timed(title, work, announce(title))
}

/** "12.3 s" since `started`, a reading of performance.now(). */
export function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}

export function mark(sign: string, colour: 'green' | 'red'): string {
  return styleText(colour, sign, { stream: process.stderr })
}

async function timed<Result>(title: string, work: () => Promise<Result>, endProgress: () => void): Promise<Result> {
  const started = performance.now()
  const line = (sign: string) => {
    endProgress()
    say(`${sign} ${title} ${seconds(started)}`)
  }
  try {
    const result = await work()
    line(mark('✓', 'green'))
    return result
  } catch (error) {
    line(mark('✗', 'red'))
    throw error
  }
}

function announce(title: string): () => void {
  say(`… ${title}`)
  return () => {}
}

// One line of a terminal, written again every second.
function countSeconds(title: string): () => void {
  const started = performance.now()
  const show = () => process.stderr.write(`\r\u001b[K… ${title} ${Math.floor((performance.now() - started) / 1000)} s`)
  show()
  const timer = setInterval(show, 1_000)
  return () => {
    clearInterval(timer)
    process.stderr.write('\r\u001b[K')
  }
}
