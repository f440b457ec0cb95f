import { loadWhere } from '#components/enhance/load-where.ts'

/** What only a projector needs is loaded there. */
export function wherePresented(): () => void {
  return loadWhere(document.querySelector<HTMLElement>('[data-present]'), async () => {
    const { whilePresenting } = await import('#components/ama/while-presenting.ts')
    return whilePresenting
  })
}
