import { readKept } from '#lib/files.ts'
import { Refusal } from '#lib/refusal.ts'

/** A kept picture as an answer: 404 where there is none (or `file` is null), 503 while the place where it lies does not answer. */
export async function sendPicture(file: string | null, headers: Record<string, string> = {}): Promise<Response> {
  try {
    const bytes = file && (await readKept(file))
    return bytes ? new Response(bytes, { headers: { 'content-type': 'image/webp', ...headers } }) : text(404, 'There is no such picture.')
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return text(503, 'This picture cannot be loaded right now.', { 'retry-after': `${error.retryAfter}` })
  }
}

function text(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(`${words}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })
}
