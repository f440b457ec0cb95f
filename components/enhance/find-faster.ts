import { isKeyTaken } from '#components/enhance/keys-taken.ts'
import { opensBySlash } from '#components/enhance/slash.ts'
import { paths } from '#lib/paths.ts'

/**
 * What completes a search is loaded once somebody goes to a search field, and the palette with its keys: Ctrl or ⌘ and K
 * anywhere, `/` where nobody types, unless it is switched off in this browser, since speech input may say it. Where it does
 * not come, as in a tab from before an update, the field is a plain one, and the keys lead to the search.
 */
export function findFaster(): () => void {
  const focus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLInputElement) || !target.matches('[data-suggest]:not([role])')) return
    import('#components/search/suggestions.ts').then(
      ({ suggestFor }) => suggestFor(target),
      () => undefined,
    )
  }
  const press = (event: KeyboardEvent) => {
    const keys = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    // In the editor they are for a link.
    if (event.defaultPrevented || event.repeat || event.isComposing || (!keys && !isSlash(event))) return
    event.preventDefault()
    import('#components/search/palette.ts').then(
      ({ openPalette }) => openPalette(),
      () => location.assign(paths.search()),
    )
  }
  document.addEventListener('focusin', focus)
  document.addEventListener('keydown', press)
  return () => {
    document.removeEventListener('focusin', focus)
    document.removeEventListener('keydown', press)
  }
}

function isSlash(event: KeyboardEvent): boolean {
  return event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && opensBySlash() && !isKeyTaken(event)
}
