import { type Checked, checkedText } from '#domain/member/rules.ts'

/** A tick: the text beside it says what was checked. */
export function CheckedMark() {
  return (
    <svg viewBox="0 0 20 20" className="-mt-0.5 inline size-[1.05em] shrink-0 text-accent" aria-hidden="true">
      <circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="m6.3 10.3 2.5 2.5 5-5.3" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

/** Beside a role: the tick, with what was checked for the pointer and for who hears the page. */
export function CheckedBadge({ checked }: { checked: Checked }) {
  const said = checkedText(checked)
  return (
    <span title={said}>
      <CheckedMark />
      <span className="sr-only"> ({said})</span>
    </span>
  )
}
