import { paths } from '#lib/paths.ts'

/** Milliseconds between two looks at the screen, and so many looks in a row with three seconds between first and last. */
const LOOK_EVERY = 500
const LOOKS = 7
/** Milliseconds that seen answers wait for others to go with them. */
const SEND_AFTER = 2_000
/** Ids that the server takes at once. */
const SEND_MOST = 20

/**
 * Tells the server, once per page load each, which answers were seen: whole (no `data-clipped`) and on screen for three
 * seconds at a stretch, while the page is the one in front. "On screen" is all of the answer, or, where it is longer than
 * that, as much as fills four fifths of the screen: a reader of a long answer passes through that, a reader who sees
 * its beginning below the question does not yet.
 *
 * A short answer that an AMA's page shows whole counts there too: its reader has nothing more to open. What
 * must not count is an excerpt, and that is always clipped.
 *
 * It looks twice a second instead of observing: answers come, go and open (more links, Read More, moving to another page),
 * and one look at what is there now needs to hear of none of it. Returns what stops it.
 */
export function watchViews(): () => void {
  const looks = new Map<string, number>()
  const seen = new Set<string>()
  const waiting: string[] = []
  let looking: number | undefined
  let sending: number | undefined

  const look = () => {
    for (const answer of document.querySelectorAll<HTMLElement>('article[data-answer]')) {
      const id = answer.dataset.answer
      if (!id || seen.has(id)) continue
      const times = isOnScreen(answer) ? (looks.get(id) ?? 0) + 1 : 0
      looks.set(id, times)
      if (times < LOOKS) continue
      seen.add(id)
      waiting.push(id)
      sending ??= window.setTimeout(send, SEND_AFTER)
    }
  }

  const send = () => {
    clearTimeout(sending)
    sending = undefined
    while (waiting.length) {
      const body = JSON.stringify({ answers: waiting.slice(0, SEND_MOST) })
      // False: the browser holds too many beacons already. What waits goes with the next ones.
      if (!navigator.sendBeacon(paths.views(), new Blob([body], { type: 'application/json' }))) return
      waiting.splice(0, SEND_MOST)
    }
  }

  const pause = () => {
    clearInterval(looking)
    looks.clear()
    send()
  }

  const follow = () => {
    pause()
    if (document.visibilityState === 'visible') looking = window.setInterval(look, LOOK_EVERY)
  }

  follow()
  document.addEventListener('visibilitychange', follow)
  // Some browsers leave a page without saying that it is hidden first.
  addEventListener('pagehide', send)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    removeEventListener('pagehide', send)
    pause()
  }
}

function isOnScreen(answer: HTMLElement): boolean {
  if ('clipped' in answer.dataset) return false
  const { top, bottom, height } = answer.getBoundingClientRect()
  const shown = Math.min(bottom, innerHeight) - Math.max(top, 0)
  // A pixel less: positions are fractions.
  return height > 0 && shown >= Math.min(height, innerHeight * 0.8) - 1
}
