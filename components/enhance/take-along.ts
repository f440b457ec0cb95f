import { onClick } from '#components/enhance/on-click.ts'

/** Milliseconds for which the button says that the link was copied. */
const SAID_FOR = 3_000
const COPY = 'Copy link'

/** Links to take along: copied, or handed to what the device shares by, where it has that. */
export function takeAlong(): () => void {
  const stops = [onClick('[data-copy]', copy), onClick('[data-share]', share)]
  const show = () => {
    if (!('share' in navigator)) return
    for (const button of document.querySelectorAll<HTMLElement>('[data-share][hidden]')) button.hidden = false
  }
  show()
  document.addEventListener('perch:rows', show)
  return () => {
    for (const stop of stops) stop()
    document.removeEventListener('perch:rows', show)
  }
}

function copy(button: HTMLElement): void {
  const words = button.querySelector('[aria-live]')
  if (words?.textContent !== COPY) return
  const say = (said: string) => {
    words.textContent = said
    setTimeout(() => (words.textContent = COPY), SAID_FOR)
  }
  navigator.clipboard.writeText(absolute(button.dataset.copy)).then(
    () => say('Copied'),
    () => say('Not copied: your browser does not let us'),
  )
}

function share(button: HTMLElement): void {
  // Whoever changes their mind closes it again, which is no error.
  navigator.share({ title: document.title, url: absolute(button.dataset.share) }).catch(() => undefined)
}

function absolute(path = ''): string {
  return new URL(path, location.origin).href
}
