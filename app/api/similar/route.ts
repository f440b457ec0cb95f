import { getCommunity } from '#domain/community/queries.ts'
import { findSimilar } from '#domain/search/queries.ts'
import { similarLimits } from '#domain/search/rules.ts'
import { countRead } from '#lib/limit.ts'
import { route } from '#lib/route.ts'

/**
 * What may already answer `?q=`, best within `?community=SLUG`: at most three of
 * `{ kind, questionId, answerId, title, url, passage }` (domain/search/queries.ts), the closest first.
 */
export const GET = route(async (visit, request) => {
  await countRead(similarLimits, visit)
  const asked = new URL(request.url).searchParams
  const community = asked.get('community')
  const here = community ? await getCommunity(community) : null
  return findSimilar(asked.get('q') ?? '', { communityId: here?.id })
})
