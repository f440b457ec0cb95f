import { keepReadTitles } from '#domain/suggestion/commands.ts'
import { db } from '#lib/db.ts'

// What the worker does every ten minutes, for a database that no worker has.
await keepReadTitles()
await db().$disconnect()
