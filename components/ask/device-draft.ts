import { keep, kept } from '#components/enhance/kept.ts'

/** What is typed into the form of a question. */
export type Typed = { title: string; details: string; topic: string; showName: boolean }

/** A draft as this device has it: `version` is the server's that it goes on from, `dirty` what the server does not have yet. */
export type DeviceDraft = Typed & { version: number; dirty: boolean; key: string; at: number }

const PREFIX = 'draft '
const DAY = 24 * 60 * 60 * 1_000

export function readDevice(place: string): DeviceDraft | null {
  try {
    const draft: DeviceDraft | null = JSON.parse(kept(PREFIX + place) ?? 'null')
    return draft && Date.now() - draft.at < 30 * DAY ? draft : null
  } catch {
    return null
  }
}

export function writeDevice(place: string, draft: DeviceDraft | null): void {
  keep(PREFIX + place, draft && JSON.stringify(draft))
}

/** Forgets the draft of what is asked by now, under the key that it was sent with. */
export function forgetAsked(key: string): void {
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      if (readDevice(name.slice(PREFIX.length))?.key === key) localStorage.removeItem(name)
    }
  } catch {}
}

export function typedIn(form: HTMLFormElement): Typed {
  const of = (name: string) => {
    const field = form.elements.namedItem(name)
    return field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement ? field.value : ''
  }
  const showName = form.elements.namedItem('showName')
  const checked = showName instanceof HTMLInputElement && showName.checked
  return { title: of('title'), details: of('details'), topic: of('topic') || 'title', showName: checked }
}

export function fillIn(form: HTMLFormElement, { title, details, topic, showName }: Typed): void {
  for (const [name, value] of Object.entries({ title, details, topic })) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLTextAreaElement) field.value = value
    // A topic that is no longer in the list leaves it as it is.
    if (field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === value)) field.value = value
  }
  const box = form.elements.namedItem('showName')
  if (box instanceof HTMLInputElement) box.checked = showName
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

export function same(one: Typed, other: Typed): boolean {
  return one.title === other.title && one.details === other.details && one.topic === other.topic && one.showName === other.showName
}

export function isBlank({ title, details }: Typed): boolean {
  return !title.trim() && !details.trim()
}
