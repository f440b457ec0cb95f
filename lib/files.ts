import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '#lib/env.ts'
import { newToken } from '#lib/secret.ts'

/** Keeps bytes under a name, whole or not at all. Throws for a name that is more than letters, digits, hyphens and an ending. */
export async function keepFile(name: string, bytes: Uint8Array): Promise<void> {
  const place = placeOf(name)
  await mkdir(env().UPLOADS_DIR, { recursive: true, mode: 0o700 })
  const unfinished = `${place}.${newToken().slice(0, 8)}`
  await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx' })
  await rename(unfinished, place)
}

/** Null where nothing is kept under that name. */
export async function readKept(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await readFile(placeOf(name)).catch(nothingThere)
  return bytes && new Uint8Array(bytes)
}

/** Also where there is none. */
export async function removeFile(name: string): Promise<void> {
  await rm(placeOf(name), { force: true })
}

/** The names of what was kept before that time, what was broken off on the way included. */
export async function listFiles(before: Date): Promise<string[]> {
  const names = (await readdir(env().UPLOADS_DIR).catch(nothingThere)) ?? []
  const kept = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(env().UPLOADS_DIR, name)).catch(nothingThere))?.mtime })),
  )
  return kept.flatMap(({ name, at }) => (at && at < before ? [name] : []))
}

function placeOf(name: string): string {
  if (!/^[a-z0-9-]+\.[a-z]+(\.[\w-]+)?$/.test(name)) throw new Error('not the name of a file of ours')
  return join(env().UPLOADS_DIR, name)
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
