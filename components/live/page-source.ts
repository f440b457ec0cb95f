/** The page as the server has it now, and not as this browser may keep it for a minute. Throws where there is none. */
export async function fetchPage(address: string): Promise<Document> {
  const answer = await fetch(address, { headers: { accept: 'text/html' }, cache: 'no-cache' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

/** The address of this page as it is after an event: nobody has kept an older copy under it. */
export function pageAfter(event: number, numbers: number[] = []): string {
  const address = new URL(location.pathname, location.origin)
  // On a projector: the question that the page is at.
  const at = new URLSearchParams(location.search).get('at')
  if (at) address.searchParams.set('at', at)
  address.searchParams.set('upto', String(event))
  if (numbers.length) address.searchParams.set('numbers', [...numbers].sort((a, b) => a - b).join())
  return address.href
}
