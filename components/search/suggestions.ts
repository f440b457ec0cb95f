import { combobox, type Entry } from '#components/search/combobox.ts'
import { paths } from '#lib/paths.ts'

/** Shows below a search field what may be meant; the field sends its form as before. */
export function suggestFor(input: HTMLInputElement): void {
  if (input.getAttribute('role')) return
  const list = document.createElement('ul')
  list.id = `${input.id}-suggestions`
  list.setAttribute('aria-label', 'Suggestions')
  list.hidden = true
  list.className =
    'absolute right-0 top-full z-20 mt-1 max-h-[60vh] w-[max(100%,24rem)] overflow-y-auto max-sm:fixed max-sm:inset-x-5 max-sm:top-auto max-sm:mt-12 max-sm:w-auto rounded-[0.6rem] border border-line bg-raised py-1 text-ink shadow-lg'
  const status = document.createElement('span')
  status.setAttribute('role', 'status')
  status.className = 'sr-only'
  input.parentElement?.append(list, status)
  const { show } = combobox({ input, list, status, entries: suggestionsFor, takesFirst: false })
  // Somebody may have typed before this was here.
  if (input.value !== input.defaultValue) show()
}

const KINDS: Record<string, string> = { topic: 'Topic', community: 'Community', mentor: 'Mentor', company: 'Company', question: 'Question' }

/** What the site suggests for a text; nothing below two characters. */
export async function suggestionsFor(text: string, signal: AbortSignal): Promise<Entry[]> {
  if ([...text].length < 2) return []
  const answer = await fetch(paths.suggestions(text), { signal, headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`${answer.status}`)
  const list: unknown = await answer.json()
  return Array.isArray(list) ? list.flatMap(entryOf) : []
}

function entryOf(given: unknown): Entry[] {
  if (typeof given !== 'object' || !given || !('kind' in given) || !('text' in given) || !('url' in given)) return []
  const { kind, text, url } = given
  const about = 'about' in given && typeof given.about === 'string' ? given.about : null
  if (typeof kind !== 'string' || typeof text !== 'string' || typeof url !== 'string' || !url.startsWith('/')) return []
  return [{ text, about: [KINDS[kind], about].filter(Boolean).join(' • '), url }]
}
