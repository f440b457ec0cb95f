import { refreshRelated } from '#domain/related/commands.ts'
import { keepReadTitles } from '#domain/suggestion/commands.ts'
import { db, disconnect } from '#lib/db.ts'

// What the worker of a site that runs for a while has done in a database that no worker had: titles that are suggested, and what
// stands beside things of each community, which would go on for a quarter of an hour while something else is measured.
await keepReadTitles()
while ((await db().community.count({ where: { topMentors: null, amas: { some: { publishedAt: { not: null } } } } })) > 0) {
  await refreshRelated(new Date(), 1_000)
}
await disconnect()
