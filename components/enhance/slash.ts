import { keep, kept } from '#components/enhance/kept.ts'

/** Under this name the browser keeps that `/` opens nothing. */
const OFF = 'slash-off'

/** Whether `/` opens the palette in this browser. */
export function opensBySlash(): boolean {
  return kept(OFF) === null
}

export function openBySlash(opens: boolean): void {
  keep(OFF, opens ? null : '1')
}
