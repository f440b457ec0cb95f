import { HONEYPOT } from '#lib/form-state.ts'

/** A field that no person sees and that programs which fill in everything fill in: what comes with it is refused. */
export function Honeypot() {
  return (
    <div aria-hidden="true" className="absolute -left-[200vw] top-0">
      <label>
        Leave this empty
        <input name={HONEYPOT} tabIndex={-1} autoComplete="off" />
      </label>
    </div>
  )
}
