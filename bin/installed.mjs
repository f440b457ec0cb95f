// Exit code 0 when node_modules holds what package-lock.json says, told from the copy that npm keeps of what it installed.
// Runs on any Node from 20.19 and imports no package.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = process.argv[2] ?? '.'
process.exitCode = isInstalled() ? 0 : 1

function isInstalled() {
  try {
    const wanted = read('package-lock.json')
    const there = read('node_modules/.package-lock.json')
    // An optional package may be missing: it is made for another machine.
    return Object.entries(wanted).every(([path, { version, link, optional }]) =>
      there[path] ? there[path].version === version : path === '' || link || optional,
    )
  } catch {
    return false
  }
}

function read(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8')).packages
}
