/** What only the form of a question and its page afterwards need is loaded where they are. */
export function whereAsked(): () => void {
  const form = document.querySelector<HTMLElement>('[data-ask]')
  const asked = document.querySelector<HTMLElement>('[data-asked]')?.dataset.asked
  let stop: (() => void) | undefined
  let over = false
  if (asked) void import('#components/ask/device-draft.ts').then(({ forgetAsked }) => forgetAsked(asked))
  if (form) {
    void import('#components/ask/while-asking.ts').then(({ whileAsking }) => {
      if (!over) stop = whileAsking(form)
    })
  }
  return () => {
    over = true
    stop?.()
  }
}
