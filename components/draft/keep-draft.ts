/** Milliseconds from the first key that the server has not heard of until it does, and until it is tried again. */
const SAVE_AFTER = 1_000
const TRY_AGAIN_AFTER = 3_000

/** What this device has: `version` is the server's that it goes on from, `dirty` what the server does not have yet. */
export type Kept<Words> = Words & { version: number; dirty: boolean; key: string; at: number }

/** A form that is being filled in, where its words are kept, and how the two are read. */
export type Draft<Words extends object> = {
  form: HTMLFormElement
  /** Where it says what became of the draft. */
  told: HTMLElement
  /** Of the draft that the form began with; 0 for none. */
  version: number
  /** Somebody is signed in: the server keeps it too. */
  saves: boolean
  /** Of the window that saved last what the form began with. */
  ownKey: string | null
  /** The field that names this window, or this filling of the form. */
  key: HTMLInputElement
  read: () => Words
  /** Something was typed before anybody listened. */
  isTouched: () => boolean
  write: (words: Words) => void
  isSame: (one: Words, other: Words) => boolean
  has: (all: Words, part: Words) => boolean
  isBlank: (words: Words) => boolean
  /** A line and a text that show them. */
  textOf: (words: Words) => [title: string, text: string]
  /** Both, where that makes sense. */
  join?: (one: Words, other: Words) => Words
  device: { read: () => Promise<Kept<Words> | null | undefined>; write: (kept: Kept<Words> | null) => void }
  /** Null where the server would not take it; throws where nobody could be reached. */
  send: (words: Words, version: number) => Promise<Heard<Words> | null>
}

type Heard<Words> = { version: number } | { theirs: Words & { version: number } }

/**
 * Keeps what is typed: at once on this device, and soon on the server where somebody is signed in. What was changed
 * elsewhere meanwhile is shown beside this, and the person chooses; nothing is written over.
 */
export function keepDraft<Words extends object>(draft: Draft<Words>): () => void {
  const { form, told, saves, key, read, write, isSame, isBlank, device } = draft
  let known = draft.version
  let timer: number | undefined
  let busy: 'saving' | 'choosing' | 'sent' | null = null
  let typed = false

  const keepHere = (dirty: boolean) => {
    const words = read()
    device.write(isBlank(words) ? null : { ...words, version: known, dirty, key: key.value, at: Date.now() })
  }

  // Not put off by the next key: who types without a pause is saved too.
  const soon = (after: number) => {
    if (saves) timer ??= window.setTimeout(save, after)
  }

  const save = async () => {
    clearTimeout(timer)
    timer = undefined
    if (!saves || busy) return
    busy = 'saving'
    const words = read()
    const answer = await draft.send(words, known).catch(() => {
      soon(TRY_AGAIN_AFTER)
      return null
    })
    if (busy !== 'saving') return
    busy = null
    if (answer) heard(answer, words)
    else say(told, 'Kept on this device. It goes to your account when you are online again.')
  }

  const heard = (answer: Heard<Words>, words: Words) => {
    const theirs = 'theirs' in answer ? answer.theirs : null
    if (theirs && !isSame(theirs, words)) {
      choose(theirs, (chosen) => {
        known = theirs.version
        write(chosen)
      })
      return
    }
    known = 'theirs' in answer ? answer.theirs.version : answer.version
    const changed = !isSame(words, read())
    keepHere(changed)
    if (changed) soon(SAVE_AFTER)
    else say(told, isBlank(words) ? '' : 'Draft saved.')
  }

  const changed = () => {
    if (busy === 'sent') busy = null
    typed = true
    keepHere(true)
    if (saves) soon(SAVE_AFTER)
    else say(told, isBlank(read()) ? '' : 'Kept on this device until you sign in.')
  }

  const choose = (other: Words, settle: (chosen: Words) => void) => {
    busy = 'choosing'
    const take = (words: () => Words) => () => {
      const chosen = words()
      busy = null
      settle(chosen)
    }
    offer(told, draft.textOf(other), [
      ['Keep what is here', take(read)],
      ['Take the other one', take(() => other)],
      ...(draft.join ? [['Keep both', take(() => draft.join?.(other, read()) ?? other)] as [string, () => void]] : []),
    ])
  }

  // What this device has and the server has not: lost to no crash, and no train without a network.
  const bringBack = async () => {
    const kept = await device.read()
    // Randomness is there on secure pages alone; without it the server tells two sendings by their words.
    key.value ||= kept?.dirty && kept.key ? kept.key : (crypto.randomUUID?.() ?? '')
    const now = read()
    if (!kept?.dirty || isSame(kept, now) || draft.has(now, kept)) return
    const goesOn = kept.version === known || kept.key === draft.ownKey || isBlank(now)
    if (!goesOn || typed || draft.isTouched()) return choose(kept, write)
    write(kept)
    say(told, 'Your draft is back, as this device kept it.')
  }

  const sent = () => {
    clearTimeout(timer)
    timer = undefined
    busy = 'sent'
  }

  form.addEventListener('input', changed)
  form.addEventListener('submit', sent)
  window.addEventListener('online', save)
  void bringBack()
  return () => {
    clearTimeout(timer)
    form.removeEventListener('input', changed)
    form.removeEventListener('submit', sent)
    window.removeEventListener('online', save)
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

function offer(told: HTMLElement, [title, text]: [string, string], choices: [string, () => void][]): void {
  const line = document.createElement('p')
  line.className = 'form-message'
  line.textContent = 'This draft was changed somewhere else too. The other one says:'
  const heading = document.createElement('p')
  heading.className = 'font-semibold'
  heading.textContent = title
  const details = document.createElement('p')
  details.className = 'whitespace-pre-line'
  details.textContent = text
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
  told.replaceChildren(line, ...(title ? [heading] : []), details, buttons)
  told.setAttribute('role', 'alert')
  told.hidden = false
}
