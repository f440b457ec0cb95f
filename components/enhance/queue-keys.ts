import { keep, kept } from '#components/enhance/kept.ts'
import { isKeyTaken } from '#components/enhance/keys-taken.ts'
import { onClick } from '#components/enhance/on-click.ts'

/**
 * The keys of a queue (components/queue/queue-keys.tsx), on its list and on the page of one of its questions. None while
 * somebody types, and none once they are switched off in this browser, since speech input may say letters.
 */
export function queueKeys(): () => void {
  let place = 0
  const press = (event: KeyboardEvent) => {
    const dialog = document.querySelector<HTMLDialogElement>('#queue-keys')
    if (!dialog || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isKeyTaken(event)) return
    if (kept(OFF) && event.key !== '?') return
    const row = rowOf(document.activeElement)
    if (row) place = rows().indexOf(row)
    const act = acts[event.key]
    if (!act) return
    if (act({ row, move: (by) => focusRow(row ? place + by : place), dialog })) event.preventDefault()
  }
  document.addEventListener('keydown', press)
  const stop = onClick('[data-queue-keys]', () => {
    const dialog = document.querySelector<HTMLDialogElement>('#queue-keys')
    if (dialog) show(dialog)
  })
  focusPart()
  return () => {
    document.removeEventListener('keydown', press)
    stop()
  }
}

/** Under this name the browser keeps that the keys are off. */
const OFF = 'queue-keys-off'

type At = { row: HTMLElement | null; move: (by: number) => boolean; dialog: HTMLDialogElement }

/** Each says whether it did something. */
const acts: Record<string, ((at: At) => boolean) | undefined> = {
  j: ({ move }) => move(1),
  k: ({ move }) => move(-1),
  s: ({ row }) => send((row ?? whole())?.querySelector('form[data-queue-skip], [data-queue-skip] form')),
  d: ({ row }) => goTo(row, 'defer'),
  x: ({ row }) => goTo(row, 'decline'),
  h: ({ row }) => goTo(row, 'hand-over'),
  b: ({ row }) => goTo(row, 'ask-back'),
  p: ({ row }) => goTo(row, 'place'),
  o: ({ row }) => follow((row ?? whole())?.querySelector('h3 a, h1 a')),
  u: () => send(document.querySelector('[data-queue-undo] form')),
  '?': ({ dialog }) => show(dialog),
}

/** The page of one question. */
const whole = () => document.querySelector('[data-queue-whole]')

const rows = () => [...document.querySelectorAll('[data-queue-tools]')].flatMap((tools) => tools.closest<HTMLElement>('li') ?? [])

function rowOf(element: Element | null): HTMLElement | null {
  const row = element?.closest<HTMLElement>('li') ?? null
  return row?.querySelector('[data-queue-tools]') ? row : null
}

function focusRow(place: number): boolean {
  const all = rows()
  const main = all[Math.min(Math.max(place, 0), all.length - 1)]?.querySelector<HTMLElement>('[data-queue-main]')
  main?.focus()
  main?.scrollIntoView({ block: 'nearest' })
  return main !== undefined && main !== null
}

/** On the list leads to the question's page; there to its form. */
function goTo(row: Element | null, part: string): boolean {
  const more = row?.querySelector<HTMLAnchorElement>('[data-queue-more]')
  if (more) {
    location.assign(`${more.href}#${part}`)
    return true
  }
  return whole() ? focusIn(document.getElementById(part)) : false
}

/** Who came for one of the forms is in it. */
function focusPart(): void {
  if (whole() && location.hash) focusIn(document.getElementById(location.hash.slice(1)))
}

function focusIn(part: HTMLElement | null): boolean {
  const field = part?.querySelector<HTMLElement>('textarea, select, input:not([type="hidden"])')
  field?.focus()
  return field !== undefined && field !== null
}

function follow(link: Element | null | undefined): boolean {
  if (!(link instanceof HTMLAnchorElement)) return false
  location.assign(link.href)
  return true
}

function send(form: Element | null | undefined): boolean {
  if (!(form instanceof HTMLFormElement)) return false
  form.requestSubmit()
  return true
}

function show(dialog: HTMLDialogElement): boolean {
  const letters = dialog.querySelector<HTMLInputElement>('[data-queue-letters]')
  if (letters) {
    letters.checked = !kept(OFF)
    letters.onchange = () => keep(OFF, letters.checked ? null : '1')
  }
  dialog.showModal()
  return true
}
