const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable=""], [contenteditable="true"]'

/** Whether a key is for a field in which somebody types, or for a dialog that is open, and so for none of a page's own keys. */
export function isKeyTaken({ target }: KeyboardEvent): boolean {
  return document.querySelector('dialog[open]') !== null || (target instanceof Element && target.closest(FIELDS) !== null)
}
