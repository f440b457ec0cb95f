import { untilThen } from '#lib/time.ts'

const HOUR_MS = 3_600_000

/**
 * Writes how long it is until an AMA starts into the line that is kept for it: each second in the last hour, else each half
 * minute, for whoever wants less motion always that and without seconds, and not while nobody looks.
 */
export function countDown(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  const show = () => {
    clearTimeout(timer)
    const now = new Date()
    const lines = [...document.querySelectorAll<HTMLElement>('[data-countdown]')]
    const left = lines.map((line) => {
      const startsAt = new Date(line.dataset.countdown ?? '')
      const close = startsAt.getTime() - now.getTime() < HOUR_MS
      const text = untilThen(startsAt, now, calm.matches || !close)
      const words = text === null ? 'It has begun.' : `Starts in ${text}`
      if (line.textContent !== words) line.textContent = words
      return text === null ? Number.POSITIVE_INFINITY : startsAt.getTime() - now.getTime()
    })
    const next = Math.min(...left)
    if (document.hidden || next === Number.POSITIVE_INFINITY) return
    timer = setTimeout(show, next < HOUR_MS && !calm.matches ? 1_000 : Math.min(30_000, next))
  }
  show()
  document.addEventListener('visibilitychange', show)
  document.addEventListener('perch:rows', show)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', show)
    document.removeEventListener('perch:rows', show)
  }
}
