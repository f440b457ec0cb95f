import { onClick } from '#components/enhance/on-click.ts'
import { markPresses, unknownPresses } from '#components/enhance/press.ts'
import { whenShownAgain } from '#components/enhance/shown-again.ts'
import { shownUnread, UNREAD_LOOK } from '#components/site/unread.ts'
import { discLook, initials, portraitLook } from '#components/ui/avatar-look.ts'
import { paths } from '#lib/paths.ts'
import { signedInHint } from '#lib/signed-in-hint.ts'

/**
 * Pages that are the same for everybody do not know who reads them. Where somebody is signed in, the header's place for it
 * is filled here, and buttons that are pressed already are marked; else "Sign in" leads back to this page.
 */
export function showViewer(): () => void {
  const place = document.querySelector('[data-sign-in]')?.closest<HTMLElement>('[data-viewer-place]')
  const signedIn = 'in' in document.documentElement.dataset
  const mark = () => void markThem(signedIn)
  if (place && signedIn) void fill(place)
  else mark()
  document.addEventListener('perch:rows', mark)
  const stop = onClick('[data-sign-in]', (link) => {
    const here = location.pathname + location.search
    if (link instanceof HTMLAnchorElement && !/^\/(sign-|reset)/.test(here)) link.href = paths.signIn(here)
  })
  const stopLooking = leaveToItsReader()
  return () => {
    stop()
    stopLooking()
    document.removeEventListener('perch:rows', mark)
  }
}

/** Whoever has signed in or out since does not see by Back what was written here for somebody else: the page is loaded anew. */
function leaveToItsReader(): () => void {
  const reader = signedInHint(document.cookie)
  return whenShownAgain(() => {
    if (signedInHint(document.cookie) === reader) return
    document.documentElement.hidden = true
    location.reload()
  })
}

async function fill(place: HTMLElement): Promise<void> {
  const viewer = await askAbout(unknownPresses(), unknownLinks())
  delete document.documentElement.dataset.in
  if (viewer === null) return
  const { name, portraitId, queue, news } = viewer
  const said = document.querySelector('[data-news]')
  if (said && news) said.textContent = `: ${news}`
  if (queue) for (const places of document.querySelectorAll('[data-places]')) addQueue(places)
  const link = document.createElement('a')
  link.href = paths.settings()
  link.className = '-mr-2 flex size-11 items-center justify-center'
  const words = document.createElement('span')
  words.className = 'sr-only'
  words.textContent = `${name}: your account`
  link.append(portraitId ? picture(portraitId) : disc(name), words)
  place.replaceChildren(...(viewer.unread > 0 ? [unreadLink(viewer.unread)] : []), link)
}

function unreadLink(unread: number): HTMLElement {
  const link = document.createElement('a')
  link.href = paths.myNotices()
  link.className = UNREAD_LOOK
  const words = document.createElement('span')
  words.className = 'sr-only'
  words.textContent = ' unread notices'
  link.append(shownUnread(unread), words)
  return link
}

/** The queue as one more place, which looks like those before it. */
function addQueue(places: Element): void {
  const link = places.querySelector('a:last-of-type')?.cloneNode()
  if (!(link instanceof HTMLAnchorElement) || places.querySelector(`a[href="${paths.queue()}"]`)) return
  link.href = paths.queue()
  link.textContent = 'My queue'
  places.append(link)
}

function disc(name: string): HTMLElement {
  const disc = document.createElement('span')
  disc.setAttribute('aria-hidden', 'true')
  disc.className = discLook(name, 'sm')
  disc.textContent = initials(name)
  return disc
}

function picture(portraitId: string): HTMLElement {
  const picture = document.createElement('img')
  Object.assign(picture, { src: paths.portrait(portraitId, 96), alt: '', width: 28, height: 28, className: portraitLook('sm') })
  return picture
}

/** Rows that came later, and personal pages, whose header is filled. */
async function markThem(signedIn: boolean): Promise<void> {
  const [forms, links] = [unknownPresses(), unknownLinks()]
  if (!signedIn) markPresses(forms, new Set(), new Set(), new Set())
  else if (forms.length || links.length) await askAbout(forms, links)
}

/** Whoever is signed in, with what they pressed among these buttons, which are marked; null where nobody is. */
async function askAbout(forms: HTMLFormElement[], links: HTMLElement[]): Promise<Reader | null> {
  const asked = [...forms.map(({ dataset }) => dataset.press ?? ''), ...links.map(({ dataset }) => dataset.may ?? '')]
  const reader = await whoReads(asked, document.querySelector('[data-news]:empty') ? { news: '1' } : {}).catch(() => null)
  markPresses(forms, new Set(reader?.pressed), new Set(reader?.own), new Set(reader?.may))
  for (const link of links) showLink(link, reader)
  return reader
}

/** Links that only some may follow, of which this page does not know yet whether to show them. */
function unknownLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-may][hidden]')]
}

function showLink(link: HTMLElement, reader: Reader | null): void {
  const { may = '' } = link.dataset
  link.hidden = !reader?.may.includes(may)
  const done = reader?.pressed.includes(may) ?? false
  for (const words of link.querySelectorAll<HTMLElement>('[data-pressed]')) words.hidden = !done
  for (const words of link.querySelectorAll<HTMLElement>('[data-unpressed]')) words.hidden = done
}

type Reader = {
  name: string
  portraitId: string | null
  unread: number
  queue: boolean
  /** How much is new of what one follows, in words, where the page has a place for it. */
  news: string | null
  pressed: string[]
  own: string[]
  may: string[]
}

async function whoReads(presses: string[], asks: { news?: string }): Promise<Reader | null> {
  const answer = await fetch(paths.viewer(presses, asks), { headers: { accept: 'application/json' } })
  if (!answer.ok) return null
  const viewer: unknown = await answer.json()
  if (typeof viewer !== 'object' || !viewer || !('name' in viewer) || typeof viewer.name !== 'string') return null
  const portraitId = 'portraitId' in viewer && typeof viewer.portraitId === 'string' ? viewer.portraitId : null
  const queue = 'queue' in viewer && viewer.queue === true
  const unread = 'unread' in viewer && typeof viewer.unread === 'number' ? viewer.unread : 0
  return {
    name: viewer.name,
    portraitId,
    unread,
    queue,
    news: 'news' in viewer && typeof viewer.news === 'string' ? viewer.news : null,
    pressed: textsIn(viewer, 'pressed'),
    own: textsIn(viewer, 'own'),
    may: textsIn(viewer, 'may'),
  }
}

function textsIn(answer: object, name: string): string[] {
  const list: unknown = Object.entries(answer).find(([key]) => key === name)?.[1]
  return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
}
