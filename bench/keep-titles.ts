import { keepReadTitles } from '#domain/suggestion/commands.ts'
import { disconnect } from '#lib/db.ts'

// What the worker does every ten minutes, for a database that no worker has.
await keepReadTitles()
await disconnect()
