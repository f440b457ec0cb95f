import { countViews } from '#domain/answer-view/commands.ts'
import { withoutOwn } from '#domain/answer-view/queries.ts'
import { SEEN_ANSWERS_BYTES, SeenAnswers } from '#domain/answer-view/rules.ts'
import { bodyText } from '#lib/body.ts'
import { currentViewer } from '#lib/session.ts'

/**
 * Takes `{ "answers": [id, …] }` from the beacon of a page. Who wrote an answer is no reader of it. 204 for whatever is well-formed: it tells nobody whether an
 * answer exists or a view was counted. 415 for what is not JSON, 413 for what is too long, 400 for what is malformed.
 */
export async function POST(request: Request): Promise<Response> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return done(415)
  const text = await bodyText(request, SEEN_ANSWERS_BYTES)
  if (text === null) return done(413)
  const seen = SeenAnswers.safeParse(parsed(text))
  if (!seen.success) return done(400)
  const answers = await withoutOwn(await currentViewer(), seen.data.answers)
  if (answers.length) countViews(answers, request.headers, new Date())
  return done(204)
}

function done(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
