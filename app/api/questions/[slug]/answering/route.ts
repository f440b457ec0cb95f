import { findAnswering } from '#domain/answer-draft/queries.ts'
import { beginLease, leaveLease } from '#domain/answer-lease/commands.ts'
import { othersAnswering } from '#domain/answer-lease/queries.ts'
import { leaseLimits } from '#domain/answer-lease/rules.ts'
import { ensure } from '#lib/refusal.ts'
import { route } from '#lib/route.ts'

/** From the page on which a mentor answers, as JSON: `{ others }`, the names of those who are answering it too. */
export const GET = route(async ({ viewer, now }, _request, slug) => {
  ensure(viewer !== null, 'sign_in', 'Sign in first.')
  const answering = await findAnswering(viewer, slug, now)
  ensure(answering !== null, 'not_found', 'This question is not there, or it is for others to answer.')
  return { others: await othersAnswering(answering.id, viewer.memberId, now) }
})
export const PUT = route((visit, _request, slug) => beginLease(visit, slug), leaseLimits)
export const DELETE = route((visit, _request, slug) => leaveLease(visit, slug), leaseLimits)
