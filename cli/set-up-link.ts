import { offerSetUp } from '#domain/site/commands.ts'
import { disconnect } from '#lib/db.ts'
import { env } from '#lib/env.ts'

// bin/start says this after the address of a site that is not set up. Each time it runs, the link before it is spent.
const path = await offerSetUp()
if (path) console.log(`Set it up at ${env().SITE_URL}${path}\nThe link is for you alone; the next start prints another one.`)
await disconnect()
