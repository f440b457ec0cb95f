import { readersTime } from '#lib/time.ts'

/** Writes the start in the reader's own zone into the line that is kept for it beside an AMA's date. */
export function showReadersTimes(): () => void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const show = () => {
    for (const line of document.querySelectorAll<HTMLElement>('[data-readers-time]')) {
      const { readersTime: startsAt, zone: given } = line.dataset
      if (startsAt && given) line.textContent = readersTime(new Date(startsAt), given, zone, navigator.language)
    }
  }
  show()
  document.addEventListener('perch:rows', show)
  return () => document.removeEventListener('perch:rows', show)
}
