import { onClick } from '#components/enhance/on-click.ts'
import { discLook, initials, portraitLook } from '#components/ui/avatar.tsx'
import { paths } from '#lib/paths.ts'

/**
 * Pages that are the same for everybody do not know who reads them. Where somebody is signed in, the header's place for it
 * is filled here; else "Sign in" leads back to this page.
 */
export function showViewer(): () => void {
  const place = document.querySelector<HTMLElement>('[data-viewer-place]:has([data-sign-in])')
  if (place && 'in' in document.documentElement.dataset) void fill(place)
  return onClick('[data-sign-in]', (link) => {
    const here = location.pathname + location.search
    if (link instanceof HTMLAnchorElement && !/^\/(sign-|reset)/.test(here)) link.href = paths.signIn(here)
  })
}

async function fill(place: HTMLElement): Promise<void> {
  const viewer = await whoReads().catch(() => null)
  delete document.documentElement.dataset.in
  if (viewer === null) return
  const { name, portraitId } = viewer
  const link = document.createElement('a')
  link.href = paths.settings()
  link.className = '-mr-2 flex size-11 items-center justify-center'
  const words = document.createElement('span')
  words.className = 'sr-only'
  words.textContent = `${name}: your account`
  link.append(portraitId ? picture(portraitId) : disc(name), words)
  place.replaceChildren(link)
}

function disc(name: string): HTMLElement {
  const disc = document.createElement('span')
  disc.ariaHidden = 'true'
  disc.className = discLook(name, 'sm')
  disc.textContent = initials(name)
  return disc
}

function picture(portraitId: string): HTMLElement {
  const picture = document.createElement('img')
  Object.assign(picture, { src: paths.portrait(portraitId, 96), alt: '', width: 28, height: 28, className: portraitLook('sm') })
  return picture
}

type Reader = { name: string; portraitId: string | null }

/** Whoever is signed in; null where the hint was wrong. */
async function whoReads(): Promise<Reader | null> {
  const answer = await fetch(paths.viewer(), { headers: { accept: 'application/json' } })
  if (!answer.ok) return null
  const viewer: unknown = await answer.json()
  if (typeof viewer !== 'object' || !viewer || !('name' in viewer) || typeof viewer.name !== 'string') return null
  const portraitId = 'portraitId' in viewer && typeof viewer.portraitId === 'string' ? viewer.portraitId : null
  return { name: viewer.name, portraitId }
}
