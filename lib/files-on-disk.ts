import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keeper } from '#lib/files.ts'
import { newToken } from '#lib/secret.ts'

/** Files in one folder, which is made with the first. */
export function onDisk(folder: string): Keeper {
  return {
    async keep(name, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const unfinished = join(folder, `${name}.${newToken().slice(0, 8)}`)
      await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx' })
      await rename(unfinished, join(folder, name))
    },

    async read(name) {
      const bytes = await readFile(join(folder, name)).catch(nothingThere)
      return bytes && new Uint8Array(bytes)
    },

    remove: (name) => rm(join(folder, name), { force: true }),

    async list(before) {
      const names = (await readdir(folder).catch(nothingThere)) ?? []
      const kept = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(nothingThere))?.mtime })))
      return kept.flatMap(({ name, at }) => (at && at < before ? [name] : []))
    },
  }
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
