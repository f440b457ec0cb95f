const DRAWN = 5

/** The requests of a question as birds on a wire: up to five are drawn, then the number beside it says it. */
export function Wire({ perched, live }: { perched: number; live?: true }) {
  const dots = Math.min(perched, DRAWN)
  return (
    <svg aria-hidden="true" viewBox="0 0 62 12" className="h-3 w-[3.9rem] shrink-0 print:hidden">
      <line x1="0" x2="62" y1="10" y2="10" className={live ? 'wire-live stroke-warm' : 'stroke-edge'} strokeWidth="1.2" />
      {Array.from({ length: dots }, (_, i) => i).map((i) => (
        <circle key={i} cx={8 + i * 11.5} cy="5.9" r="3.6" className={live ? 'fill-warm' : 'fill-soft'} />
      ))}
    </svg>
  )
}
