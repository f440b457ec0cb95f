type Start<There> = (there: There) => () => void

/**
 * Loads what only some pages need, where they have something for it, and starts it. Where it does not come, as in a tab from
 * before an update, the page goes on without. Returns how to stop.
 */
export function loadWhere<There>(there: There | null | undefined, load: () => Promise<Start<There>>): () => void {
  let stop: (() => void) | undefined
  let over = false
  if (there) {
    load().then(
      (start) => {
        if (!over) stop = start(there)
      },
      () => undefined,
    )
  }
  return () => {
    over = true
    stop?.()
  }
}
