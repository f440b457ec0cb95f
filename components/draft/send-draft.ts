import type { Heard } from '#components/draft/keep-draft.ts'

/**
 * Sends a draft as JSON; answers what the server says of it, or why it does not take it. Throws where the server cannot be
 * reached, or will be there again, or has had enough for the moment.
 */
export async function sendDraft<Words, More = never>(address: string, draft: object): Promise<Heard<Words> | More> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(draft) })
  if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`)
  if (answer.ok) return answer.json()
  // What stands before the site may refuse too, in a page of its own.
  const said = await answer.json().catch(() => null)
  return { refused: said?.message ?? 'Your account does not take it now.' }
}
