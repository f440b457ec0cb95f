import { opensBySlash } from '#components/enhance/slash.ts'

/**
 * What completes a search is loaded once somebody goes to a search field, and the palette with its keys: Ctrl or ⌘ and K
 * anywhere, `/` where nobody types, unless it is switched off in this browser, since speech input may say it.
 */
export function findFaster(): () => void {
  const focus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLInputElement) || !target.matches('[data-suggest]:not([role])')) return
    void import('#components/search/suggestions.ts').then(({ suggestFor }) => suggestFor(target))
  }
  const press = (event: KeyboardEvent) => {
    const keys = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (event.repeat || event.isComposing || (!keys && !isSlash(event))) return
    event.preventDefault()
    void import('#components/search/palette.ts').then(({ openPalette }) => openPalette())
  }
  document.addEventListener('focusin', focus)
  document.addEventListener('keydown', press)
  return () => {
    document.removeEventListener('focusin', focus)
    document.removeEventListener('keydown', press)
  }
}

function isSlash({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (key !== '/' || ctrlKey || metaKey || altKey || !opensBySlash()) return false
  return !(target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable=""], [contenteditable="true"]'))
}
