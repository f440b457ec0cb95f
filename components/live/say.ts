import type { ToldEvent } from '#domain/ama-event/rules.ts'
import { count } from '#lib/count.ts'

/** Milliseconds between two sentences: whoever listens to the page is not to hear of nothing else. */
const PAUSE = 6_000

/** Says politely to those who hear the page what happened, several things in one sentence. Returns how to say and how to stop. */
export function createSpeaker(): { say: (event: ToldEvent) => void; stop: () => void } {
  let waiting: ToldEvent[] = []
  let timer: number | undefined
  let saidAt = Number.NEGATIVE_INFINITY

  const speak = () => {
    timer = undefined
    const place = document.querySelector('[data-live-says]')
    if (place && waiting.length) place.textContent = sentence(waiting)
    waiting = []
    saidAt = performance.now()
  }
  return {
    say: (event) => {
      waiting.push(event)
      timer ??= window.setTimeout(speak, Math.max(300, saidAt + PAUSE - performance.now()))
    },
    stop: () => clearTimeout(timer),
  }
}

function sentence(events: ToldEvent[]): string {
  const asked = events.filter(({ kind }) => kind === 'asked').length
  const answered = events.filter(({ kind }) => kind === 'answered')
  const [only] = answered
  const current = events.findLast(({ kind, by }) => kind === 'answering' && by)
  const words = [
    asked && `${count(asked, 'new question')}.`,
    answered.length === 1 && only && `${only.by ?? 'A mentor'} answered question ${only.number}.`,
    current && `${current.by} is answering question ${current.number}.`,
    answered.length > 1 && `${count(answered.length, 'question')} answered.`,
  ]
  return words.filter(Boolean).join(' ')
}
