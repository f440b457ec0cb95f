/** Stands above a form whose change has just been made. */
export function Saved() {
  return (
    <p role="status" className="form-message">
      Saved. All pages show it within a second.
    </p>
  )
}
