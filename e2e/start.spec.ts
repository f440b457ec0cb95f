import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { answers, freePort } from '#e2e/support/another-site.ts'
import { onServer } from '#e2e/support/empty-site.ts'
import { expect, test } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { DEMO_PASSWORD } from '#prisma/seed/demo-people.ts'

const started: ChildProcess[] = []
test.afterEach(() => {
  for (const child of started.splice(0)) child.kill()
})

test('bin/start makes its database, fills it, says where it is and who can sign in, and ends whole; then it goes on with what is there', async ({
  page,
}) => {
  test.slow()
  const name = `perch_start_${process.pid}`
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  const first = await startCommand(name)
  expect(first.said()).toContain('Loading demo content')
  const [, email = ''] = /^ {2}host +(\S+)/m.exec(first.said()) ?? []
  await page.goto(first.url + paths.signInPassword())
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: /: your account$/ })).toBeVisible()
  expect(await first.end()).toEqual([0, null])
  expect(await answers(first.url)).toBe(false)

  const second = await startCommand(name)
  expect(second.said()).toContain(email)
  expect(second.said()).not.toMatch(/Loading demo content|Preparing the database/)
  expect(await second.end()).toEqual([0, null])
  await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
})

/** The command that the README gives, with the build under test and a database of this name, once it has said all that it says. */
async function startCommand(name: string) {
  const port = await freePort()
  const database = new URL(env().DATABASE_URL)
  database.pathname = `/${name}`
  const given = ['-u', 'SITE_URL', '-u', 'NODE_ENV', 'PERCH_MODE=local', `PORT=${port}`, `DATABASE_URL=${database.href}`]
  const child = spawn('env', [...given, 'bin/start'], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const ended = once(child, 'exit')
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', (text: string) => (said += text))
  await expect.poll(() => said, { timeout: 200_000 }).toContain('Ctrl-C stops it')
  expect(said).toContain(`Perch is at http://localhost:${port}`)
  return {
    url: `http://localhost:${port}`,
    said: () => said,
    /** Its exit code, and the signal that ended it where one did. */
    end: async () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
