import { importDocument } from '#domain/import/commands.ts'
import { glassDocument } from '#e2e/support/glass.ts'

/** Once before all browser tests: what those read who only read. Done again it changes nothing but the times. */
export default async function prepare(): Promise<void> {
  const now = new Date()
  const document = Buffer.from(JSON.stringify(glassDocument(now)))
  async function* open() {
    yield document
  }
  await importDocument({ open, bytes: document.length }, now)
}
