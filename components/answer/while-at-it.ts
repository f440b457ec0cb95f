import { atItText } from '#components/answer/who-answers.tsx'
import { whoAnswers } from '#domain/answer-lease/rules.ts'
import { paths } from '#lib/paths.ts'

/** Milliseconds: how often it is asked who else is answering; so long after that, the next key says that this person still is. */
const LOOK_EVERY = 20_000

/**
 * While a mentor writes, others are told of it, and the mentor of others. It begins with the page, is kept up by writing, and
 * ends with the page; while nobody looks at the page nothing is asked.
 */
export function whileAtIt(slug: string): () => void {
  const address = paths.answering(slug)
  let toldAt = Number.NEGATIVE_INFINITY

  async function ask(method: 'GET' | 'PUT'): Promise<void> {
    if (method === 'PUT') toldAt = performance.now()
    const answer = await fetch(address, { method, headers: { accept: 'application/json' } }).catch(() => null)
    if (answer?.ok) show(namesIn(await answer.json()))
  }

  const place = () => document.querySelector<HTMLElement>(`[data-at-it="${slug}"]`)
  const show = (others: string[]) => {
    const words = whoAnswers(others)
    const text = words ? atItText(words) : ''
    const here = place()
    if (!here || here.textContent === text) return
    const line = document.createElement('p')
    line.className = 'form-message'
    line.textContent = text
    here.replaceChildren(...(words ? [line] : []))
  }
  const begin = () => place() && void ask('PUT')
  const typed = () => performance.now() - toldAt > LOOK_EVERY && begin()
  const look = () => !document.hidden && place() && void ask('GET')
  const leave = () => place() && void fetch(address, { method: 'DELETE', keepalive: true }).catch(() => {})
  const shown = ({ persisted }: PageTransitionEvent) => persisted && begin()

  const timer = setInterval(look, LOOK_EVERY)
  document.addEventListener('input', typed)
  window.addEventListener('pagehide', leave)
  window.addEventListener('pageshow', shown)
  begin()
  return () => {
    clearInterval(timer)
    document.removeEventListener('input', typed)
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('pageshow', shown)
    leave()
  }
}

function namesIn(answer: unknown): string[] {
  const others: unknown = typeof answer === 'object' && answer && 'others' in answer ? answer.others : null
  return Array.isArray(others) ? others.filter((name) => typeof name === 'string') : []
}
