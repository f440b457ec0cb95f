import type { Kept } from '#components/draft/keep-draft.ts'
import { keep, kept } from '#components/enhance/kept.ts'
import { inOneLine, typedText } from '#lib/typed-text.ts'

/** What is typed into the form of a question. */
export type Typed = { title: string; details: string; topic: string; showName: boolean }

/** A draft as this device has it. */
type DeviceDraft = Kept<Typed>

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

/** Forgets a draft. What nobody has chosen or left yet takes its place. */
export function forgetDevice(place: string): void {
  const [first, ...others] = readDevice(place)?.others ?? []
  writeDevice(place, first ? { ...first, others } : null)
}

/** Forgets the draft of what is asked by now, under the key and title that it was sent with. What was written since stays. */
export function forgetAsked(key: string, title: string): void {
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const place = name.slice(PREFIX.length)
      const draft = readDevice(place)
      if (draft?.key === key && inOneLine(typedText(draft.title)) === title) forgetDevice(place)
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
