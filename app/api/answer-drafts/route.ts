import { saveAnswerDraft } from '#domain/answer-draft/commands.ts'
import { ANSWER_DRAFT_BYTES, SaveAnswerDraft } from '#domain/answer-draft/rules.ts'
import { bodyJson } from '#lib/body.ts'
import { ensure } from '#lib/refusal.ts'
import { route } from '#lib/route.ts'

/**
 * Keeps the draft of an answer as JSON (`SaveAnswerDraft`): answers `{ version }`, or `{ theirs }` where it does not go on
 * from what is kept or published now, and then nothing is written.
 */
export const PUT = route(async ({ viewer, now }, request) => {
  const draft = SaveAnswerDraft.safeParse(await bodyJson(request, ANSWER_DRAFT_BYTES))
  ensure(draft.success, 'invalid', 'This is no draft that can be kept.')
  return saveAnswerDraft(viewer, draft.data, now)
})
