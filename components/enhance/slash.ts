/** Under this name the browser keeps that `/` opens nothing. */
const OFF = 'slash-off'

/** Whether `/` opens the palette in this browser. One that keeps nothing has it switched on. */
export function opensBySlash(): boolean {
  try {
    return localStorage.getItem(OFF) === null
  } catch {
    return true
  }
}

export function openBySlash(opens: boolean): void {
  try {
    if (opens) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, '1')
  } catch {}
}
