import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/**
 * Writes text into a file that gets its name when it is complete and on the disk, in place of what had that name. Whatever
 * goes wrong before, the signal included, nothing is left.
 */
export async function writeWhole(file: string, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    await pipeline(text, createWriteStream(unfinished, { flags: 'wx', flush: true }), { signal })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
