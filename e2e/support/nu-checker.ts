import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const CHECKER = 'node_modules/vnu-jar/build/dist/vnu.jar'

/** The errors that the Nu HTML checker finds, each with the name of its page. `folder` is one for this call. */
export async function htmlErrors(pages: { name: string; html: Buffer | string }[], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files = await Promise.all(
    pages.map(async ({ html }, i) => {
      const file = join(folder, `${i}.html`)
      await writeFile(file, html)
      return file
    }),
  )
  const checked = await promisify(execFile)('java', ['-jar', CHECKER, '--errors-only', '--format', 'json', '--exit-zero-always', ...files])
  const { messages } = JSON.parse(checked.stderr)
  return messages.map(
    ({ url, message, extract }: Record<string, string>) =>
      `${pages[Number(/(\d+)\.html$/.exec(url ?? '')?.[1])]?.name}: ${message} ${extract}`,
  )
}
