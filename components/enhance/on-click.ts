/** Calls back with the element that matches and was clicked plainly (no new tab wanted). Returns how to stop. */
export function onClick(selector: string, clicked: (element: HTMLElement, event: MouseEvent) => void): () => void {
  const listener = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null
    if (element) clicked(element, event)
  }
  document.addEventListener('click', listener)
  return () => document.removeEventListener('click', listener)
}
