import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { answers, freePort } from '#e2e/support/another-site.ts'
import { onServer } from '#e2e/support/empty-site.ts'
import { expect, test } from '#e2e/support/test.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { DEMO_PASSWORD } from '#prisma/seed/demo-people.ts'

const name = `perch_start_${process.pid}`
const started: { child: ChildProcess; ended: Promise<unknown> }[] = []
test.afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill()
    await ended
  }
  await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
})

test('bin/start makes its database, fills it, says where it is and who can sign in, and ends whole; then it goes on with what is there', async ({
  page,
}) => {
  test.slow()
  const first = await startCommand()
  expect(first.said()).toContain('Loading demo content')
  const [, email = ''] = /^ {2}host +(\S+)/m.exec(first.said()) ?? []
  await page.goto(first.url + paths.signInPassword())
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: /: your account$/ })).toBeVisible()
  expect(await first.end()).toEqual([0, null])
  expect(await answers(first.url)).toBe(false)

  const second = await startCommand()
  expect(second.said()).toContain(email)
  expect(second.said()).not.toMatch(/Loading demo content|Preparing the database/)
  expect(await second.end()).toEqual([0, null])
})

/** The command that the README gives, with the build under test and a database of its own, once it has said all that it says. */
async function startCommand() {
  const port = await freePort()
  const database = new URL(env().DATABASE_URL)
  database.pathname = `/${name}`
  const given = ['-u', 'SITE_URL', '-u', 'NODE_ENV', 'PERCH_MODE=local', `PORT=${port}`, `DATABASE_URL=${database.href}`]
  const child = spawn('env', [...given, 'bin/start'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  started.push({ child, ended })
  let said = ''
  const ready = new Promise<void>((resolve) => {
    const hear = (text: string) => {
      said += text
      if (said.includes('Ctrl-C stops it')) resolve()
    }
    for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', hear)
  })
  await Promise.race([ready, ended.then(() => Promise.reject(new Error(`bin/start ended: ${said}`)))])
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
