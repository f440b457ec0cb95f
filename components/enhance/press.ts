import { count } from '#lib/count.ts'
import { signedInHint } from '#lib/signed-in-hint.ts'

/** What is known of one button: what the person wants, and whether an answer is under way. Buttons of one thing share it. */
type State = { truth: boolean; wish: boolean; number: number | null; sending: boolean }

/**
 * Buttons that are pressed or not stay where they are: pressed at once, and then what the server says, or back with its
 * reason. Whoever is not signed in sends the form as it is, and comes back after the sign-in.
 */
export function pressInPlace(): () => void {
  const states = new Map<string, State>()
  const listener = (event: SubmitEvent) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.dataset.press || !signedInHint(document.cookie)) return
    event.preventDefault()
    const of = form.dataset.press
    const state = states.get(of) ?? { truth: isPressed(form), wish: isPressed(form), number: numberOf(of), sending: false }
    states.set(of, state)
    state.wish = !state.wish
    const counts = state.number !== null && !('steady' in form.dataset)
    show(of, state.wish, counts ? (state.number ?? 0) + Number(state.wish) - Number(state.truth) : null)
    if (!state.sending) void settle(form, of, state).finally(() => states.delete(of))
  }
  document.addEventListener('submit', listener)
  return () => document.removeEventListener('submit', listener)
}

/** The buttons of which this page does not know yet whether they are pressed. */
export function unknownPresses(): HTMLFormElement[] {
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-press]')]
  return forms.filter((form) => form.querySelector('button:not([aria-pressed])'))
}

/** Says of the buttons that nothing is known of yet whether they are pressed; `own` ones give way to a word, or to
 * nothing, and those that only some `may` press are shown to them. */
export function markPresses(
  forms: HTMLFormElement[],
  pressed: ReadonlySet<string>,
  own: ReadonlySet<string>,
  may: ReadonlySet<string>,
): void {
  for (const form of forms) {
    const { press: of = '', own: words } = form.dataset
    const button = form.querySelector('button')
    // Whoever pressed meanwhile knows better.
    if (button && !button.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', `${pressed.has(of)}`)
    if (may.has(of)) form.hidden = false
    if (own.has(of) && words !== undefined) form.replaceWith(words)
  }
}

/** Sends what is wanted until that is what the server says. */
async function settle(form: HTMLFormElement, of: string, state: State): Promise<void> {
  state.sending = true
  tell(form, '')
  while (state.wish !== state.truth) {
    const wish = state.wish
    const { message, ...now } = await send(form, wish)
    if (message !== undefined) {
      state.wish = state.truth
      tell(form, message)
      break
    }
    state.truth = now.pressed ?? wish
    state.number = now.number ?? state.number
    // The server decides; only what was pressed meanwhile is sent on.
    if (state.wish === wish) state.wish = state.truth
  }
  show(of, state.truth, state.number)
}

type Answer = { pressed?: boolean; number?: number; message?: string }

async function send(form: HTMLFormElement, wish: boolean): Promise<Answer> {
  try {
    const answer = await fetch(form.action, { method: wish ? 'PUT' : 'DELETE', headers: { accept: 'application/json' } })
    // Signed out since this page was loaded: the form leads to the sign-in.
    if (answer.status === 401) form.submit()
    const said: Record<string, unknown> = await answer.json()
    if (!answer.ok) return { message: typeof said.message === 'string' ? said.message : FAILED }
    const [pressed, number] = [said[form.dataset.pressed ?? ''], said[form.dataset.number ?? '']]
    return { pressed: typeof pressed === 'boolean' ? pressed : wish, number: typeof number === 'number' ? number : undefined }
  } catch {
    return { message: FAILED }
  }
}

const FAILED = 'That did not get through. Try again in a moment.'

function isPressed(form: HTMLFormElement): boolean {
  return form.querySelector('button')?.getAttribute('aria-pressed') === 'true'
}

function numberOf(of: string): number | null {
  const place = document.querySelector<HTMLElement>(`[data-number-of="${of}"]`)
  return place && Number(place.dataset.count)
}

function show(of: string, pressed: boolean, number: number | null): void {
  for (const button of document.querySelectorAll(`[data-press="${of}"] button`)) button.setAttribute('aria-pressed', `${pressed}`)
  if (number !== null) showNumber(of, number)
}

/** Writes how many there are of it ("request:ID") wherever the page says so. */
export function showNumber(of: string, number: number): void {
  for (const place of document.querySelectorAll<HTMLElement>(`[data-number-of="${of}"]`)) {
    place.dataset.count = `${number}`
    place.hidden = number === 0
    const words = place.querySelector('[data-words]')
    const word = COUNTED.find((each) => each === place.dataset.word)
    if (words && word) words.textContent = `${count(number, word) ?? ''}${place.dataset.after ?? ''}`
  }
}

const COUNTED = ['request', 'follower', 'person'] as const

/** Says beside the button why it is not as it was wanted; '' takes that away. */
function tell(form: HTMLFormElement, message: string): void {
  form.querySelector('[role=alert]')?.remove()
  if (!message) return
  const line = document.createElement('span')
  line.setAttribute('role', 'alert')
  line.textContent = message
  form.append(line)
}
