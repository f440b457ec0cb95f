import { keepQuestion } from '#components/ask/keep-draft.ts'
import { showSimilar } from '#components/ask/show-similar.ts'
import { namedIn } from '#lib/named-in.ts'

/** What JavaScript adds to the form of a question: what is like it, a draft that is kept, and the topic that it is about. */
export function whileAsking(root: HTMLElement): () => void {
  const form = root.querySelector('form')
  if (!form) return () => {}
  const stops = [keepQuestion(root, form), showSimilar(root, form), showTopic(form)]
  // What is like it is shown below the field: no step of its own is needed. Set last, so that it says that all is there.
  const seen = form.elements.namedItem('seen')
  if (seen instanceof HTMLInputElement) seen.value = 'on'
  return () => {
    for (const stop of stops) stop()
  }
}

/** Says in the list of topics which one is chosen from the title, as the server will. */
function showTopic(form: HTMLFormElement): () => void {
  const title = form.elements.namedItem('title')
  const list = form.elements.namedItem('topic')
  const chosen = list instanceof HTMLSelectElement ? list.querySelector<HTMLOptionElement>('option[value="title"]') : null
  if (!(title instanceof HTMLTextAreaElement) || !(list instanceof HTMLSelectElement) || !chosen) return () => {}
  const words = chosen.textContent ?? ''
  const options = [...list.options].filter(({ dataset }) => dataset.names)
  const topics = options.map(({ value, dataset }) => ({ id: value, names: (dataset.names ?? '').split('|') }))
  const show = () => {
    const found = namedIn(title.value, topics)
    const name = options.find(({ value }) => value === found)?.textContent
    chosen.textContent = name ? `${words}: ${name}` : words
  }
  show()
  form.addEventListener('input', show)
  return () => form.removeEventListener('input', show)
}
