import { fillIn, isBlank, readDevice, same, type Typed, typedIn, writeDevice } from '#components/ask/device-draft.ts'
import { type Heard, keepDraft } from '#components/draft/keep-draft.ts'
import { sendDraft } from '#components/draft/send-draft.ts'
import { paths } from '#lib/paths.ts'

/** Keeps a question that is being written, on this device and where somebody is signed in on the server. */
export function keepQuestion(root: HTMLElement, form: HTMLFormElement): () => void {
  const { ask: place = '', signedIn, version = '0', waiting } = root.dataset
  const told = root.querySelector<HTMLElement>('[data-draft]')
  const key = form.elements.namedItem('key')
  if (!told || !(key instanceof HTMLInputElement)) return () => {}
  return keepDraft<Typed>({
    form,
    told,
    key,
    version: Number(version),
    saves: signedIn !== undefined,
    ownKey: null,
    read: () => typedIn(form),
    isTouched: () => [...form.querySelectorAll('textarea')].some(({ value, defaultValue }) => value !== defaultValue),
    write: (typed) => fillIn(form, typed),
    isSame: same,
    has: () => waiting !== undefined,
    isBlank,
    textOf: ({ title, details }) => [title, details],
    device: { read: async () => readDevice(place), write: (kept) => writeDevice(place, kept) },
    send: (typed, known) => send({ place, version: known, ...typed }, key),
  })
}

/** Under the key of this filling of the form, or under a new one where that was used for another question. */
async function send(typed: object, key: HTMLInputElement): Promise<Heard<Typed>> {
  const put = () => sendDraft<Typed, Asked>(paths.drafts(), { ...typed, key: key.value || undefined })
  let answer = await put()
  if ('asked' in answer && answer.asked === 'other') {
    key.value = crypto.randomUUID?.() ?? ''
    answer = await put()
  }
  if (!('asked' in answer)) return answer
  // Nobody else knows a key that was just made.
  if (answer.asked === 'other') throw new Error('The key is taken')
  return { version: 0, already: askedNote(answer.asked.slug) }
}

type Asked = { asked: 'other' | { slug: string } }

function askedNote(slug: string): Node {
  const link = document.createElement('a')
  link.className = 'text-link'
  link.href = paths.myQuestion(slug)
  link.textContent = 'See your question'
  const note = document.createDocumentFragment()
  note.append('You have asked this already. ', link)
  return note
}
