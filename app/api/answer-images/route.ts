import { addImage } from '#domain/answer-image/commands.ts'
import { bodyBytes } from '#lib/body.ts'
import { UPLOAD_BYTES } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import { route } from '#lib/route.ts'

/** Takes a picture for an answer as it is, without a form around it: answers `{ src }`. */
export const POST = route(async (visit, request) => {
  const given = await bodyBytes(request, UPLOAD_BYTES)
  ensure(given !== null, 'invalid', 'At most 5 MB.')
  return addImage(visit.viewer, given, visit)
})
