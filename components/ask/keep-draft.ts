import { fillIn, isBlank, readDevice, same, type Typed, typedIn, writeDevice } from '#components/ask/device-draft.ts'
import { paths } from '#lib/paths.ts'

/** Milliseconds after the last key until a draft is sent to the server. */
const SAVE_AFTER = 1_200

type Answer = { version: number } | { theirs: Typed & { version: number } }

/**
 * Keeps what is typed: at once on this device, and soon on the server where somebody is signed in. A draft that was changed
 * elsewhere meanwhile is shown beside this one, and the person chooses; nothing is written over.
 */
export function keepDraft(root: HTMLElement, form: HTMLFormElement): () => void {
  const { ask: place = '', signedIn, version = '0', waiting } = root.dataset
  const told = root.querySelector<HTMLElement>('[data-draft]')
  const key = form.elements.namedItem('key')
  if (!told || !(key instanceof HTMLInputElement)) return () => {}
  const kept = readDevice(place)
  let known = Number(version)
  let timer: number | undefined
  let busy: 'saving' | 'choosing' | 'sent' | null = null
  // Randomness is there on secure pages alone; without it the server tells two sendings by their words.
  key.value ||= kept?.key ?? crypto.randomUUID?.() ?? ''

  const keepHere = (dirty: boolean) => {
    const typed = typedIn(form)
    writeDevice(place, isBlank(typed) ? null : { ...typed, version: known, dirty, key: key.value, at: Date.now() })
  }

  const save = async () => {
    clearTimeout(timer)
    if (!signedIn || busy) return
    busy = 'saving'
    const typed = typedIn(form)
    const answer = await send({ place, version: known, key: key.value || undefined, ...typed })
    if (busy !== 'saving') return
    busy = null
    if (!answer) return say(told, 'Kept on this device. It goes to your account when you are online again.')
    if ('theirs' in answer && !same(answer.theirs, typed)) return choose(answer.theirs)
    known = 'theirs' in answer ? answer.theirs.version : answer.version
    const changed = !same(typed, typedIn(form))
    keepHere(changed)
    if (changed) timer = window.setTimeout(save, SAVE_AFTER)
    else say(told, isBlank(typed) ? '' : 'Draft saved.')
  }

  const changed = () => {
    if (busy === 'sent') busy = null
    keepHere(true)
    clearTimeout(timer)
    if (signedIn) timer = window.setTimeout(save, SAVE_AFTER)
    else say(told, isBlank(typedIn(form)) ? '' : 'Kept on this device until you sign in.')
  }

  const choose = (theirs: Typed & { version: number }) => {
    busy = 'choosing'
    const settle = (chosen: Typed) => {
      busy = null
      known = theirs.version
      fillIn(form, chosen)
      void save()
    }
    offer(told, theirs, [
      ['Keep what is here', () => settle(typedIn(form))],
      ['Take the other one', () => settle(theirs)],
    ])
  }

  const sent = () => {
    clearTimeout(timer)
    busy = 'sent'
  }

  // What this device has and the server has not: lost to no crash, and no train without a network.
  if (kept?.dirty && !waiting && !same(kept, typedIn(form))) {
    if (kept.version === known || isBlank(typedIn(form))) {
      fillIn(form, kept)
      say(told, 'Your draft is back, as this device kept it.')
      if (signedIn) timer = window.setTimeout(save, SAVE_AFTER)
    } else {
      const settle = (chosen: Typed) => {
        busy = null
        fillIn(form, chosen)
      }
      busy = 'choosing'
      offer(told, kept, [
        ['Keep what is here', () => settle(typedIn(form))],
        ['Take the other one', () => settle(kept)],
      ])
    }
  }

  form.addEventListener('input', changed)
  form.addEventListener('submit', sent)
  window.addEventListener('online', save)
  return () => {
    clearTimeout(timer)
    form.removeEventListener('input', changed)
    form.removeEventListener('submit', sent)
    window.removeEventListener('online', save)
  }
}

/** Null where nobody could be reached, or the server would not take it. */
async function send(draft: object): Promise<Answer | null> {
  try {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(paths.drafts(), { method: 'PUT', headers, body: JSON.stringify(draft) })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

function say(told: HTMLElement, words: string): void {
  const line = document.createElement('p')
  line.className = 'text-sm text-soft'
  line.textContent = words
  told.replaceChildren(line)
  told.hidden = !words
  told.removeAttribute('role')
}

function offer(told: HTMLElement, other: Typed, choices: [string, () => void][]): void {
  const line = document.createElement('p')
  line.className = 'form-message'
  line.textContent = 'This draft was changed somewhere else too. The other one says:'
  const title = document.createElement('p')
  title.className = 'font-semibold'
  title.textContent = other.title
  const details = document.createElement('p')
  details.className = 'whitespace-pre-line'
  details.textContent = other.details
  const buttons = document.createElement('p')
  buttons.className = 'flex flex-wrap gap-3'
  for (const [words, chosen] of choices) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button button-quiet'
    button.textContent = words
    button.addEventListener('click', () => {
      say(told, '')
      chosen()
    })
    buttons.append(button)
  }
  told.replaceChildren(line, title, details, buttons)
  told.setAttribute('role', 'alert')
  told.hidden = false
}
