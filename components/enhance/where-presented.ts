/** What only a projector needs is loaded there. */
export function wherePresented(): () => void {
  const root = document.querySelector<HTMLElement>('[data-present]')
  let stop: (() => void) | undefined
  let over = false
  if (root) {
    void import('#components/ama/while-presenting.ts').then(({ whilePresenting }) => {
      if (!over) stop = whilePresenting(root)
    })
  }
  return () => {
    over = true
    stop?.()
  }
}
