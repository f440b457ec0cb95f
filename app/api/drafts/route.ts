import { saveDraft } from '#domain/draft/commands.ts'
import { DRAFT_BYTES, SaveDraft } from '#domain/draft/rules.ts'
import { bodyJson } from '#lib/body.ts'
import { ensure } from '#lib/refusal.ts'
import { route } from '#lib/route.ts'

/**
 * Keeps a draft as JSON (`SaveDraft`): answers `{ version }`, or `{ theirs }` where it was changed elsewhere since, and
 * then nothing is written. `{ asked }`: these words are that question by now, or the key is an "other" one's.
 */
export const PUT = route(async ({ viewer, now }, request) => {
  const draft = SaveDraft.safeParse(await bodyJson(request, DRAFT_BYTES))
  ensure(draft.success, 'invalid', 'This is no draft that can be kept.')
  return saveDraft(viewer, draft.data, now)
})
