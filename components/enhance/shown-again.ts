/** Calls back when Back or Forward shows this page again as it was left, with all that its scripts had done. Returns how to stop. */
export function whenShownAgain(look: () => void): () => void {
  const listener = ({ persisted }: PageTransitionEvent) => {
    if (persisted) look()
  }
  addEventListener('pageshow', listener)
  return () => removeEventListener('pageshow', listener)
}
