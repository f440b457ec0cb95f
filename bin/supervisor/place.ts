import { dirname, join } from 'node:path'

/** The checkout that these commands belong to. */
export const root = dirname(dirname(import.meta.dirname))

/** What belongs to this checkout on this machine and to nobody else: data, logs, the generated secret. Git-ignored. */
export const state = join(root, '.perch')
