import { fillIn, isBlank, readDevice, same, type Typed, typedIn, writeDevice } from '#components/ask/device-draft.ts'
import { keepDraft } from '#components/draft/keep-draft.ts'
import { paths } from '#lib/paths.ts'

type Answer = { version: number } | { theirs: Typed & { version: number } }

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
    isTouched: () => false,
    write: (typed) => fillIn(form, typed),
    isSame: same,
    has: () => waiting !== undefined,
    isBlank,
    textOf: ({ title, details }) => [title, details],
    device: { read: async () => readDevice(place), write: (kept) => writeDevice(place, kept) },
    send: (typed, known) => send({ place, version: known, key: key.value || undefined, ...typed }),
  })
}

/** Null where the server would not take it; throws where nobody could be reached. */
async function send(draft: object): Promise<Answer | null> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(paths.drafts(), { method: 'PUT', headers, body: JSON.stringify(draft) })
  if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`)
  return answer.ok ? await answer.json() : null
}
