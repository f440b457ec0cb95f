import { getCommunity } from '#domain/community/queries.ts'
import { Slug } from '#domain/community/rules.ts'
import { findSimilar } from '#domain/similar/queries.ts'
import { similarLimits } from '#domain/similar/rules.ts'
import { countRead } from '#lib/limit.ts'
import { route } from '#lib/route.ts'

/**
 * What may already answer `?q=`, best within `?community=SLUG`: at most three of
 * `{ kind, questionId, answerId, title, url, passage }` (domain/similar/queries.ts), the closest first.
 */
export const GET = route(async (visit, request) => {
  await countRead(similarLimits, visit)
  const asked = new URL(request.url).searchParams
  const slug = Slug.safeParse(asked.get('community')).data
  const here = slug ? await getCommunity(slug) : null
  return findSimilar(asked.get('q') ?? '', { communityId: here?.id })
})
