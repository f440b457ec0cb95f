import { showNumber } from '#components/enhance/press.ts'
import { fetchPage, pageAfter } from '#components/live/page-source.ts'
import { changesIn, type Fresh, LIST, putInList, putInParts, rowsIn, takeOut } from '#components/live/put-in.ts'
import { createSpeaker } from '#components/live/say.ts'
import type { ToldEvent } from '#domain/ama-event/rules.ts'
import { count } from '#lib/count.ts'

/** Milliseconds: events that come together are put in together; how often the page is asked for where no stream comes. */
const GATHER = 60
const POLL_EVERY = 20_000
/** A stream that is not open by then is held back by something in between. */
const OPEN_WITHIN = 10_000
/** So long after the pointer or the focus has left the list, what waited is put in. */
const AFTER_LEAVING = 1_000
/** For so long after a press the reader's own browser knows its number best. */
const PRESSED_FOR = 3_000
/** So long after a page was asked for it is looked whether it had what it was asked for. */
const LOOK_AGAIN = 10_000
/** Rows further down that are asked for at once. */
const NUMBERS_AT_ONCE = 20
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * While an AMA is near or live its page follows along: what the server tells by a stream of events is put in from the page
 * itself as it is now, so that whatever appears is what everybody gets who opens it. Where no stream comes the page is asked
 * for now and then. Nothing is done while the page is hidden; what was missed comes when it is seen again.
 */
export function followLive(root: HTMLElement): () => void {
  const { live = '', after = '' } = root.dataset
  const news = new Set<string>()
  const pressed = new Map<string, number>()
  const timers = new Map<string, number>()
  const speaker = createSpeaker()
  let { from = '', until = '' } = root.dataset
  let last = Number(after)
  let answering: unknown[] = []
  let phase = root.dataset.phase
  let source: EventSource | undefined
  let waiting: Fresh | undefined
  let fetching = false
  let fetchAgain = false
  let missed = false

  const later = (name: string, milliseconds: number, work: () => void) => {
    clearTimeout(timers.get(name))
    timers.set(name, window.setTimeout(work, Math.min(milliseconds, LONGEST_TIMER)))
  }
  const isHeld = () => {
    // The button for what waits may come to lie under the pointer.
    const places = [...document.querySelectorAll(`${LIST}, [data-live-updates]`)]
    return places.some((place) => place.matches(':hover') || place.contains(document.activeElement))
  }

  function connect(): void {
    source?.close()
    source = undefined
    clearTimeout(timers.get('poll'))
    const now = Date.now()
    if (document.hidden || now > Date.parse(until)) return
    if (now < Date.parse(from)) return later('connect', Date.parse(from) - now, connect)
    const stream = new EventSource(`${live}?after=${last}`)
    source = stream
    later('open', OPEN_WITHIN, poll)
    stream.onopen = () => clearTimeout(timers.get('open'))
    stream.onmessage = ({ data, lastEventId }) => hear(JSON.parse(data), Number(lastEventId))
    stream.addEventListener('state', ({ data }) => hearState(JSON.parse(data)))
    stream.addEventListener('behind', ({ lastEventId }) => catchUp(Number(lastEventId)))
    // It comes back by itself, except where it was refused.
    stream.onerror = () => stream.readyState === EventSource.CLOSED && poll()
  }

  function poll(): void {
    source?.close()
    source = undefined
    clearTimeout(timers.get('open'))
    later('poll', POLL_EVERY, () => {
      catchUp(last)
      connect()
    })
  }

  function catchUp(event: number): void {
    last = event
    missed = true
    later('fetch', GATHER, fetchNow)
  }

  function hear(event: ToldEvent, number: number): void {
    last = number
    speaker.say(event)
    if (event.question) news.add(event.question)
    if (event.kind === 'hidden' && event.question) takeOut(event.question)
    later('fetch', GATHER, fetchNow)
  }

  function hearState(state: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(state)) {
      if (name.startsWith('request:')) hearNumber(name, value)
      else if (name === 'here') showHere(Number(value))
      else if (name === 'answering' && Array.isArray(value)) forgetAnswering(value)
      else if (name === 'phase' && value !== phase) {
        phase = String(value)
        catchUp(last)
      }
    }
  }

  function hearNumber(name: string, requests: unknown): void {
    const known = performance.now() - (pressed.get(name) ?? -PRESSED_FOR) < PRESSED_FOR
    if (typeof requests === 'number' && !known) showNumber(name, requests)
  }

  /** That somebody is answering no longer is told by nobody where it ended by itself. */
  function forgetAnswering(now: unknown[]): void {
    answering = now
    const over = [...document.querySelectorAll<HTMLElement>('[data-answering]')].filter(
      ({ dataset }) => !answering.includes(dataset.answering),
    )
    for (const { dataset } of over) news.add(dataset.answering ?? '')
    if (over.length === 0) return
    later('fetch', GATHER, fetchNow)
    // A page may have been given that is older, where the server had no time for a new one.
    later('forget', LOOK_AGAIN, () => forgetAnswering(answering))
  }

  async function fetchNow(): Promise<void> {
    fetchAgain = fetching
    if (fetching) return
    fetching = true
    const all = missed
    missed = false
    try {
      const fresh = await fetchFresh(last, new Set(news), all)
      putInParts(fresh.page)
      // Its start may have moved: it is followed as long as it is near, also by who looked away meanwhile.
      const mark = fresh.page.querySelector<HTMLElement>('[data-live]')
      from = mark?.dataset.from ?? from
      until = mark?.dataset.until ?? until
      if (isHeld()) wait(fresh)
      else putIn(fresh)
    } catch {
      // What is missing is fetched with the next thing that happens, or then.
      missed ||= all
      later('fetch', POLL_EVERY, fetchNow)
    }
    fetching = false
    if (fetchAgain) later('fetch', GATHER, fetchNow)
  }

  function wait(fresh: Fresh): void {
    waiting = fresh
    showUpdates(changesIn(fresh))
  }

  function putIn(fresh: Fresh): void {
    putInList(fresh)
    waiting = undefined
    for (const id of fresh.news) news.delete(id)
    showUpdates(0)
  }

  const putInWaiting = () => waiting && putIn(waiting)
  const left = () => later('left', AFTER_LEAVING, () => isHeld() || putInWaiting())
  const clicked = ({ target }: Event) => target instanceof Element && target.closest('[data-live-updates]') && putInWaiting()
  const noted = ({ target }: Event) => {
    if (target instanceof HTMLFormElement && target.dataset.press) pressed.set(target.dataset.press, performance.now())
  }
  const listeners: [EventTarget, string, (event: Event) => void][] = [
    [document, 'visibilitychange', connect],
    [window, 'pagehide', () => source?.close()],
    [window, 'pageshow', (event) => event instanceof PageTransitionEvent && event.persisted && connect()],
    [document, 'click', clicked],
    [document, 'submit', noted],
    [document, 'focusout', left],
    [document, 'pointerout', left],
  ]
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener)
  connect()
  return () => {
    source?.close()
    speaker.stop()
    for (const timer of timers.values()) clearTimeout(timer)
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener)
  }
}

/** The page as it is after an event, and of the rows further down those with news, or all of them. */
async function fetchFresh(event: number, news: ReadonlySet<string>, all: boolean): Promise<Fresh> {
  const page = await fetchPage(pageAfter(event))
  const first = rowsIn(page)
  const wanted = [...rowsIn(document)].filter(([id]) => !first.has(id) && (all || news.has(id))).slice(0, NUMBERS_AT_ONCE)
  const numbers = wanted.map(([, { dataset }]) => Number(dataset.number))
  const further = numbers.length ? rowsIn(await fetchPage(pageAfter(event, numbers))) : new Map<string, HTMLElement>()
  return { page, further, askedFor: wanted.map(([id]) => id), news }
}

function showHere(people: number): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-live-here]')) {
    place.hidden = people === 0
    place.textContent = `${people.toLocaleString('en-US')} here`
  }
}

function showUpdates(updates: number): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-live-updates]')) {
    if (updates === 0 && button === document.activeElement) document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
    button.hidden = updates === 0
    button.textContent = count(updates, 'update') ?? ''
  }
}
