import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openS3 } from '#testing/s3.ts'

const folder = await mkdtemp(join(tmpdir(), 'perch-files-'))
const s3 = await openS3()
afterAll(() => Promise.all([s3.close(), rm(folder, { recursive: true })]))

/** The place is chosen once for a process, so each reading here loads the file anew. */
async function filesWith(variables: Record<string, string>) {
  vi.resetModules()
  vi.unstubAllEnvs()
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  return import('#lib/files.ts')
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const tomorrow = () => new Date(Date.now() + 24 * 60 * 60 * 1_000)

describe.each([
  ['on a disk', { UPLOADS_DIR: join(folder, 'uploads') }],
  ['in a bucket', s3.variables],
])('Files %s', (_where, variables) => {
  let files: Awaited<ReturnType<typeof filesWith>>
  beforeEach(async () => {
    files = await filesWith(variables)
  })

  test('are found as they were kept, until they are removed', async () => {
    expect(await files.readKept('a-1.webp')).toBeNull()
    const given = new Uint8Array([0, 255, 10, 13, 0])
    await files.keepFile('a-1.webp', given)
    expect(await files.readKept('a-1.webp')).toEqual(given)
    await files.keepFile('a-1.webp', bytes('another'))
    expect(await files.readKept('a-1.webp')).toEqual(bytes('another'))
    await files.removeFile('a-1.webp')
    expect(await files.readKept('a-1.webp')).toBeNull()
    await files.removeFile('a-1.webp')
    expect(await files.listFiles(tomorrow())).toEqual([])
  })

  test('are listed by when they were kept', async () => {
    const names = ['b-96.webp', 'b-192.webp']
    for (const name of names) await files.keepFile(name, bytes(name))
    expect((await files.listFiles(tomorrow())).toSorted()).toEqual(names.toSorted())
    expect(await files.listFiles(new Date(Date.now() - 60_000))).toEqual([])
    for (const name of names) await files.removeFile(name)
  })

  test.each(['../secret', 'a/b.webp', 'A.webp', '', '.env', 'a.webp/..'])('have no name %j', (name) => {
    expect(() => files.keepFile(name, bytes('x'))).toThrow('not the name')
    expect(() => files.readKept(name)).toThrow('not the name')
    expect(() => files.removeFile(name)).toThrow('not the name')
  })
})

const refusal = { name: 'Refusal', code: 'unavailable', retryAfter: expect.any(Number) }

test('A bucket that is away is told as that, and never as a file that is not there; it is asked again when it is back', async () => {
  const files = await filesWith(s3.variables)
  await files.keepFile('c-1.webp', bytes('kept'))
  await s3.stop()
  await expect(files.readKept('c-1.webp')).rejects.toMatchObject(refusal)
  await expect(files.keepFile('c-2.webp', bytes('new'))).rejects.toMatchObject(refusal)
  await expect(files.removeFile('c-1.webp')).rejects.toMatchObject(refusal)
  await expect(files.listFiles(tomorrow())).rejects.toMatchObject(refusal)
  await s3.start()
  expect(await files.readKept('c-1.webp')).toEqual(bytes('kept'))
  await files.removeFile('c-1.webp')
})

test.each([{ S3_SECRET_ACCESS_KEY: 'another' }, { S3_BUCKET: 'no-such-bucket' }])('With %o no file counts as missing', async (wrong) => {
  const files = await filesWith({ ...s3.variables, ...wrong })
  await expect(files.readKept('d-1.webp')).rejects.toMatchObject(refusal)
  await expect(files.keepFile('d-1.webp', bytes('x'))).rejects.toMatchObject(refusal)
})

test('A folder that cannot be written is told in the same way', async () => {
  const files = await filesWith({ UPLOADS_DIR: '/dev/null/uploads' })
  await expect(files.keepFile('e-1.webp', bytes('x'))).rejects.toMatchObject(refusal)
})
