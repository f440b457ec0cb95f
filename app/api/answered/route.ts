import { noteAnswered } from '#domain/deflection/commands.ts'
import { ANSWERED_BYTES, AnsweredBy, deflectionLimits } from '#domain/deflection/rules.ts'
import { bodyJson } from '#lib/body.ts'
import { ensure } from '#lib/refusal.ts'
import { route } from '#lib/route.ts'

/** "This answers it", pressed below a question that is being typed: takes `AnsweredBy` as JSON, answers `{ to }`. */
export const POST = route(async (visit, request) => {
  const told = AnsweredBy.safeParse(await bodyJson(request, ANSWERED_BYTES))
  ensure(told.success, 'invalid', 'This names no answer.')
  return noteAnswered(visit.viewer, told.data, visit)
}, deflectionLimits)
