import { loadWhere } from '#components/enhance/load-where.ts'

/** What only the form of a question and its page afterwards need is loaded where they are. */
export function whereAsked(): () => void {
  const { asked, title = '' } = document.querySelector<HTMLElement>('[data-asked]')?.dataset ?? {}
  if (asked) import('#components/ask/device-draft.ts').then(({ forgetAsked }) => forgetAsked(asked, title)).catch(() => undefined)
  return loadWhere(document.querySelector<HTMLElement>('[data-ask]'), async () => {
    const { whileAsking } = await import('#components/ask/while-asking.ts')
    return whileAsking
  })
}
