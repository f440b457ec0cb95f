/** What only the page on which a mentor answers needs is loaded there. */
export function whereAtIt(): () => void {
  const slug = document.querySelector<HTMLElement>('[data-at-it]')?.dataset.atIt
  let stop: (() => void) | undefined
  let over = false
  if (slug) {
    void import('#components/answer/while-at-it.ts').then(({ whileAtIt }) => {
      if (!over) stop = whileAtIt(slug)
    })
  }
  return () => {
    over = true
    stop?.()
  }
}
