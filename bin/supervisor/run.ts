import { spawn } from 'node:child_process'
import { exitCode } from './child.ts'
import { isMigrated, migrateUnderNobody, openDatabase } from './database.ts'
import { commandEnvironment, type Environment } from './environment.ts'
import { generate, isGenerated } from './fresh.ts'
import { hurrying, signalCode, stopping } from './interrupt.ts'
import { Failure, step } from './say.ts'
import { supervise } from './supervise.ts'

const [command, ...args] = process.argv.slice(2)

await supervise(async (onEnd) => {
  if (!command) throw new Failure('Say which command to run: bin/run node cli/import.ts FILE')
  const database = await openDatabase()
  onEnd(database.release)
  const env = commandEnvironment(database.url)
  if (!isGenerated()) await step('Generating the database client', () => generate(env))
  // Somebody who runs Prisma's own commands is about to migrate, or wants to see that it has not been done.
  if (database.builtIn && command !== 'prisma' && !(await isMigrated(database.url)))
    await step('Preparing the database', () => migrateUnderNobody(env))
  return inTheForeground(command, args, env)
})

// In our own process group, so that the terminal and its Ctrl-C are the command's.
async function inTheForeground(program: string, programArgs: string[], env: Environment): Promise<number> {
  const child = spawn(program, programArgs, { stdio: 'inherit', env: env as NodeJS.ProcessEnv })
  child.on('error', ({ message }) => process.stderr.write(`${program} cannot be run: ${message}\n`))
  stopping.addEventListener('abort', () => {
    const hasItAlready = signalCode() === 130 && process.stdin.isTTY
    if (!hasItAlready) child.kill('SIGTERM')
  })
  hurrying.addEventListener('abort', () => child.kill('SIGKILL'))
  return exitCode(child)
}
