/** What no longer than this page can be kept, in a browser that lets nobody keep anything. */
const here = new Map<string, string>()

/** What this browser keeps under a name of ours; null where that is nothing. */
export function kept(name: string): string | null {
  try {
    return here.get(name) ?? localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Keeps a text under a name, or nothing any more. */
export function keep(name: string, text: string | null): void {
  here.delete(name)
  try {
    if (text === null) localStorage.removeItem(name)
    else localStorage.setItem(name, text)
  } catch {
    if (text !== null) here.set(name, text)
  }
}
