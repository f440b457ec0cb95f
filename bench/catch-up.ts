import { refreshRelated } from '#domain/related/commands.ts'
import { keepReadTitles } from '#domain/suggestion/commands.ts'
import { db, disconnect } from '#lib/db.ts'

// What the worker of a site has done that has run for a day, for a database that no worker had: titles that are suggested, and what
// stands beside things, which a new site's worker would work out for a quarter of an hour while something else is measured.
await keepReadTitles()
while ((await db().community.count({ where: { topMentors: null, amas: { some: { publishedAt: { not: null } } } } })) > 0) {
  await refreshRelated(new Date(), 1_000)
}
await disconnect()
