import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** A program of ours that serves on a port of this machine. */
export type Server = { url: string; pid: number; stop: () => Promise<void> }

type Variables = Record<string, string | number>

/** Starts a program and waits until it answers. Throws with what it printed when it ends instead. */
export async function startServer(program: string, args: string[], variables: Variables): Promise<Server> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = start(program, args, { ...variables, HOST: '127.0.0.1', PORT: port, SITE_URL: url })
  const printed = collect(child)
  const end = once(child, 'exit')
  const patience = AbortSignal.timeout(60_000)
  while (!(await answers(`${url}/healthz`))) {
    if (child.exitCode !== null || patience.aborted) throw new Error(`${program} does not serve:\n${printed()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await end
    },
  }
}

/** Runs a program to its end and answers what it wrote to its standard output. Throws with what it printed when it fails. */
export async function run(program: string, args: string[], variables: Variables = {}): Promise<string> {
  const child = start(program, args, variables)
  const printed = collect(child)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed (${code}):\n${printed()}`)
  return output
}

/** Milliseconds of processor time that a process has used; NaN where the system does not say. */
export function cpuMilliseconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    // In hundredths of a second: user and system, the 14th and 15th of the line.
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

// `env` adds to the environment that we have, and becomes the program.
function start(program: string, args: string[], variables: Variables): ChildProcess {
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const child = spawn('env', [...pairs, process.execPath, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

const running = new Set<ChildProcess>()

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) child.kill('SIGTERM')
    process.exit(1)
  })
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text = `${text}${chunk}`.slice(-5_000)))
  return () => text
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
