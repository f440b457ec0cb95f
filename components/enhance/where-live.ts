/** What only the page of an AMA that is near or live needs is loaded there. */
export function whereLive(): () => void {
  const root = document.querySelector<HTMLElement>('[data-live]')
  let stop: (() => void) | undefined
  let over = false
  if (root) {
    void import('#components/live/follow-live.ts').then(({ followLive }) => {
      if (!over) stop = followLive(root)
    })
  }
  return () => {
    over = true
    stop?.()
  }
}
