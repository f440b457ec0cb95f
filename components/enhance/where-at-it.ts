import { loadWhere } from '#components/enhance/load-where.ts'

/** What only the page on which a mentor answers needs is loaded there. */
export function whereAtIt(): () => void {
  return loadWhere(document.querySelector<HTMLElement>('[data-at-it]')?.dataset.atIt, async () => {
    const { whileAtIt } = await import('#components/answer/while-at-it.ts')
    return whileAtIt
  })
}
