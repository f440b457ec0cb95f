import { keep, kept } from '#components/enhance/kept.ts'
import { isKeyTaken } from '#components/enhance/keys-taken.ts'
import { fetchPage } from '#components/live/page-source.ts'

/** How large the type can be, and how large it is at first. */
const SIZES = [0.7, 0.85, 1, 1.2, 1.4, 1.65]
const USUAL = 2
/** Under these names the browser keeps the size, and that the keys are off. */
const SIZE = 'present-size'
const OFF = 'present-keys-off'

/** Keys that lead on; a presenter's remote presses those of pages. */
const WAYS: Record<string, string | undefined> = {
  ...{ ArrowRight: 'after', PageDown: 'after', n: 'after' },
  ...{ ArrowLeft: 'before', PageUp: 'before', p: 'before', c: 'current' },
}

/** What JavaScript adds to a projector: it goes on in place, so that full screen lasts; sizes, keys, help. */
export function whilePresenting(root: HTMLElement): () => void {
  const dialog = document.querySelector<HTMLDialogElement>('#present-keys')
  let going = 0

  async function go(link: HTMLAnchorElement): Promise<void> {
    const mine = ++going
    const { presentGo } = link.dataset
    const focused = link === document.activeElement
    const page = await fetchPage(link.href).catch(() => null)
    // Pressed again meanwhile: the later one counts.
    if (mine !== going) return
    // What is followed is asked for by the address.
    if (!page) return location.assign(link.href)
    history.replaceState(history.state, '', link.href)
    for (const part of root.querySelectorAll<HTMLElement>('[data-live-part]')) {
      const now = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`)
      if (now) part.replaceWith(document.importNode(now, true))
    }
    if (focused) (linkTo(presentGo) ?? root.querySelector<HTMLElement>('[data-present-help]'))?.focus()
  }

  const linkTo = (where: string | undefined) => root.querySelector<HTMLAnchorElement>(`[data-present-go="${where}"]`)
  const follow = (where: string) => {
    const link = linkTo(where)
    if (link) void go(link)
    return link !== null
  }
  const sized = (by: number) => {
    const size = Math.min(Math.max(sizeNow() + by, 0), SIZES.length - 1)
    keep(SIZE, `${size}`)
    root.style.setProperty('--present-size', `${SIZES[size]}`)
    return true
  }
  const full = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void document.documentElement.requestFullscreen?.().catch(() => {})
    return true
  }
  const act = (key: string): boolean => {
    const way = WAYS[key]
    if (way) return follow(way)
    if (key === '+' || key === '-') return sized(key === '+' ? 1 : -1)
    if (key === 'f') return full()
    return key === '?' && showKeys(dialog)
  }

  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isKeyTaken(event)) return
    if (kept(OFF) && event.key !== '?') return
    if (act(event.key)) event.preventDefault()
  }
  const clicked = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const link = target?.closest<HTMLAnchorElement>('a[data-present-go]')
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      void go(link)
    }
    const size = target?.closest<HTMLElement>('[data-present-size]')?.dataset.presentSize
    if (size) sized(Number(size))
    if (target?.closest('[data-present-full]')) full()
    if (target?.closest('[data-present-help]')) showKeys(dialog)
  }
  document.addEventListener('keydown', pressed)
  root.addEventListener('click', clicked)
  sized(0)
  return () => {
    document.removeEventListener('keydown', pressed)
    root.removeEventListener('click', clicked)
  }
}

function sizeNow(): number {
  const size = Number(kept(SIZE) ?? USUAL)
  return Number.isInteger(size) ? size : USUAL
}

function showKeys(dialog: HTMLDialogElement | null): boolean {
  const letters = dialog?.querySelector<HTMLInputElement>('[data-present-letters]')
  if (letters) {
    letters.checked = !kept(OFF)
    letters.onchange = () => keep(OFF, letters.checked ? null : '1')
  }
  dialog?.showModal()
  return dialog !== null
}
