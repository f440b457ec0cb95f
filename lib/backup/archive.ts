import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, type Pack, pack } from 'tar-stream'

export type Entry = { name: string; bytes: Buffer }
export type OpenEntry = { name: string; chunks: AsyncIterable<Buffer> }

/** Of gzip: three times as fast as the usual 6, a tenth larger. */
const LEVEL = 3

/**
 * Writes a compressed tar that only its owner may read. It gets its name when it is complete and on the disk; whatever
 * goes wrong before, nothing is left.
 */
export async function writeArchive(file: string, entries: AsyncIterable<Entry>, signal: AbortSignal): Promise<void> {
  const unfinished = `${file}.unfinished`
  await rm(unfinished, { force: true })
  const tar = pack()
  const target = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true })
  const closed = new Promise<void>((resolve) => target.once('close', () => resolve()))
  try {
    await Promise.all([pipeline(tar, createGzip({ level: LEVEL }), target, { signal }), fill(tar, entries)])
    await rename(unfinished, file)
  } catch (error) {
    // The file may be under way to be made only now.
    target.destroy()
    await closed
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Its entries, one after the other; an entry's chunks are to be read before the next one is asked for. */
export async function* readArchive(file: string, tell: (bytesRead: number) => void): AsyncGenerator<OpenEntry> {
  const source = createReadStream(file)
  const tar = extract()
  const flow = pipeline(source, createGunzip(), tar).then(
    () => undefined,
    (error: Error) => error,
  )
  try {
    for await (const entry of tar) {
      yield { name: entry.header.name, chunks: entry as AsyncIterable<Buffer> }
      entry.resume()
      tell(source.bytesRead)
    }
    // gzip's own sum stands behind the last entry, and says whether all of it was right.
    const failure = await flow
    if (failure) throw failure
  } finally {
    source.destroy()
    tar.destroy()
    await flow
  }
}

/** What a failure to read an archive says about it; undefined when it says nothing. */
export function archiveTrouble(error: unknown): 'cut off' | 'damaged' | 'something else' | undefined {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'Z_BUF_ERROR' || message === 'Unexpected end of data') return 'cut off'
  if (code === 'Z_DATA_ERROR' && message === 'incorrect header check') return 'something else'
  if (code.startsWith('Z_') || /^(Invalid (tar )?header|Header exceeds)/i.test(message)) return 'damaged'
  return undefined
}

async function fill(tar: Pack, entries: AsyncIterable<Entry>): Promise<void> {
  try {
    for await (const { name, bytes } of entries) {
      await new Promise<void>((resolve, reject) => {
        tar.entry({ name, mode: 0o600 }, bytes, (error) => (error ? reject(error) : resolve()))
      })
    }
    tar.finalize()
  } catch (error) {
    tar.destroy(error as Error)
    throw error
  }
}
