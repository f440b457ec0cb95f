import { age } from '#lib/time.ts'

const MINUTE_MS = 60_000

/** Ages go on counting while a page stays open. */
export function keepAges(): () => void {
  const timer = setInterval(() => {
    const now = new Date()
    for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-age]')) {
      const text = age(new Date(time.dateTime), now)
      if (time.textContent !== text) time.textContent = text
    }
  }, MINUTE_MS)
  return () => clearInterval(timer)
}
