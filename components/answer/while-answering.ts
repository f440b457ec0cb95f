import { createStore, del, get, set } from 'idb-keyval'
import { type Draft, keepDraft } from '#components/draft/keep-draft.ts'
import { sendDraft } from '#components/draft/send-draft.ts'
import { editing } from '#components/editor/editing.ts'
import { paths } from '#lib/paths.ts'

type Words = { body: string }
type From = { version: number; window: string | null; edits: number | null }
type Theirs = Words & { version: number; edits: number | null }

/**
 * What JavaScript adds to the field of an answer: a draft that is kept on this device at once, and on the server soon, and an
 * editor that shows the text as it will look.
 */
export function whileAnswering(root: HTMLElement, question: string, from: From): () => void {
  const form = root.closest('form')
  const told = root.querySelector<HTMLElement>('[data-draft]')
  const field = root.querySelector('textarea')
  const windowKey = root.querySelector<HTMLInputElement>('[name=window]')
  if (!form || !told || !field || !windowKey) return () => {}
  let { edits } = from
  const draft: Draft<Words> = {
    form,
    told,
    version: from.version,
    saves: true,
    ownKey: from.window,
    key: windowKey,
    read: () => ({ body: field.value }),
    isTouched: () => field.value !== field.defaultValue,
    write: ({ body }) => {
      field.value = body
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    isSame: (one, other) => one.body.trim() === other.body.trim(),
    // What both together have in them is lost in neither.
    has: (all, part) => all.body.includes(part.body.trim()),
    isBlank: ({ body }) => !body.trim(),
    textOf: ({ body }) => ['', body],
    join: (one, other) => ({ body: `${one.body.trimEnd()}\n\n---\n\n${other.body.trimStart()}` }),
    device: deviceOf(question),
    send: async ({ body }, version) => {
      const sent = { question, body, version, edits, window: windowKey.value }
      const answer = await sendDraft<Theirs>(paths.answerDrafts(), sent)
      // Whoever chooses has seen what is published.
      if ('theirs' in answer) edits = answer.theirs.edits
      for (const [name, value] of Object.entries({ version: 'version' in answer ? answer.version : null, edits })) {
        const hidden = form.elements.namedItem(name)
        if (hidden instanceof HTMLInputElement && value !== null) hidden.value = `${value}`
      }
      // Without a version it is what is published.
      return 'version' in answer && answer.version === 0 ? { ...answer, already: '' } : answer
    },
  }
  const stop = [keepDraft(draft), editing(root)]
  return () => {
    for (const each of stop) each()
  }
}

/** In IndexedDB: what is written there is in the hands of the system at once, and stays when the browser is killed. */
function deviceOf(question: string): Draft<Words>['device'] {
  const store = createStore('perch-answers', 'drafts')
  return {
    read: () => get(question, store).catch(() => null),
    write: (kept) => (kept ? set(question, kept, store) : del(question, store)).catch(() => {}),
  }
}
