import { markShape } from '#components/ui/mark-shape.ts'

/** The mark, in the colour of the text around it. It stands beside the name, so it says nothing to a screen reader. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} fill="currentColor" aria-hidden="true" focusable="false">
      <path fillRule="evenodd" d={markShape} />
    </svg>
  )
}
