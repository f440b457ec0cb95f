import { loadWhere } from '#components/enhance/load-where.ts'

/** What only the page of an AMA that is near or live needs is loaded there. */
export function whereLive(): () => void {
  return loadWhere(document.querySelector<HTMLElement>('[data-live]'), async () => {
    const { followLive } = await import('#components/live/follow-live.ts')
    return followLive
  })
}
