/** Milliseconds from the first key that the server has not heard of until it does, and until it is tried again. */
const SAVE_AFTER = 1_000
const TRY_AGAIN_AFTER = 3_000

/**
 * What this device has: `version` is the server's that it goes on from, `dirty` what the server does not have yet. `others` are
 * texts that nobody has chosen or left yet.
 */
export type Kept<Words> = Words & { version: number; dirty: boolean; key: string; at: number; others?: Kept<Words>[] }

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
  /** Throws where nobody could be reached. */
  send: (words: Words, version: number) => Promise<Heard<Words>>
}

/**
 * What the server says: these words are kept, or need not be, since they are there `already`, which says where; others are
 * there; or it does not take them.
 */
export type Heard<Words> = { version: number; already?: string | Node } | { theirs: Theirs<Words> } | { refused: string }

type Theirs<Words> = Words & { version: number }

/**
 * Keeps what is typed: at once on this device, and soon on the server where somebody is signed in. What was changed
 * elsewhere meanwhile is shown beside this, and the person chooses; nothing is written over.
 */
export function keepDraft<Words extends object>(draft: Draft<Words>): () => void {
  const { form, told, saves, key, read, write, isSame, isBlank, device } = draft
  let known = draft.version
  let timer: number | undefined
  let saving = false
  let sent = false
  let typed = false
  /** On the server, of somewhere else: until one of the two is chosen nothing is saved. */
  let theirs: Theirs<Words> | null = null
  /** Of this device, from before: until they are chosen or left they stay beside what is typed. */
  let others: Kept<Words>[] = []

  const keepHere = (dirty: boolean) => {
    const words = read()
    const kept = { ...words, version: known, dirty, key: key.value, at: Date.now(), others }
    const isNeeded = others.length > 0 || (dirty && !isBlank(words))
    device.write(isNeeded ? kept : null)
  }

  // Not put off by the next key: who types without a pause is saved too.
  const soon = (after: number) => {
    if (saves) timer ??= window.setTimeout(save, after)
  }

  /** What is to be chosen stays where it is. */
  const tell = (words: string | Node) => {
    if (!theirs && !others.length) say(told, words)
  }

  const save = async () => {
    clearTimeout(timer)
    timer = undefined
    if (!saves || saving || sent || theirs) return
    saving = true
    const words = read()
    const answer = await draft.send(words, known).catch(() => null)
    saving = false
    if (sent) return
    if (answer) return heard(answer, words)
    soon(TRY_AGAIN_AFTER)
    tell('Kept on this device. It goes to your account when you are online again.')
  }

  const heard = (answer: Heard<Words>, words: Words) => {
    if ('refused' in answer) return tell(`Kept on this device only. ${answer.refused}`)
    if ('theirs' in answer && !isSame(answer.theirs, words)) {
      theirs = answer.theirs
      return choose()
    }
    known = 'theirs' in answer ? answer.theirs.version : answer.version
    const changed = !isSame(words, read())
    keepHere(changed)
    if (changed) return soon(SAVE_AFTER)
    tell(isBlank(words) ? '' : (('already' in answer ? answer.already : null) ?? 'Draft saved.'))
  }

  const changed = () => {
    sent = false
    typed = true
    keepHere(true)
    if (saves) soon(SAVE_AFTER)
    else tell(isBlank(read()) ? '' : 'Kept on this device until you sign in.')
  }

  const choose = () => {
    const other = theirs ?? others[0]
    if (!other) return say(told, '')
    const take = (words: () => Words) => () => {
      const chosen = words()
      if (theirs) known = theirs.version
      else others = others.slice(1)
      theirs = null
      choose()
      write(chosen)
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
    const touched = typed || draft.isTouched()
    others = (kept?.others ?? []).filter((other) => !isSame(other, now))
    if (kept?.dirty && !isBlank(kept)) backTo(kept, now, touched)
    if (!others.length) return
    keepHere(touched || !isSame(now, read()))
    choose()
  }

  const backTo = (kept: Kept<Words>, now: Words, touched: boolean) => {
    // Sent or saved by now, as far as this page knows: the server says so for sure.
    if (isSame(kept, now)) return soon(SAVE_AFTER)
    if (draft.has(now, kept)) return
    const goesOn = kept.version === known || kept.key === draft.ownKey || isBlank(now)
    if (!goesOn || touched) {
      others = [{ ...kept, others: [] }, ...others]
      return
    }
    write(kept)
    tell('Your draft is back, as this device kept it.')
  }

  const submitted = () => {
    clearTimeout(timer)
    timer = undefined
    sent = true
  }

  form.addEventListener('input', changed)
  form.addEventListener('submit', submitted)
  window.addEventListener('online', save)
  void bringBack()
  return () => {
    clearTimeout(timer)
    form.removeEventListener('input', changed)
    form.removeEventListener('submit', submitted)
    window.removeEventListener('online', save)
  }
}

function say(told: HTMLElement, words: string | Node): void {
  const line = document.createElement('p')
  line.className = 'text-sm text-soft'
  line.append(words)
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
