/** Stands above a form whose change has just been made. */
export function Saved() {
  return (
    <p role="status" className="form-message">
      Saved. Pages that are opened from now on show it.
    </p>
  )
}
