import encodeQR from 'qr'

/** A text as a picture that telephones read, black on white in either theme, since not every reader knows the reverse. `says`: what it is. */
export function QrCode({ text, says }: { text: string; says: string }) {
  const rows = encodeQR(text, 'raw', { border: 4 })
  return (
    <svg
      role="img"
      aria-label={says}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="size-56 max-w-full"
    >
      <path fill="#fff" d={`M0 0h${rows.length}v${rows.length}H0Z`} />
      <path fill="#000" d={rows.map(drawnRow).join('')} />
    </svg>
  )
}

/** Squares that touch are one bar. */
function drawnRow(row: boolean[], y: number): string {
  const dark = row.map((square) => (square ? '1' : '0')).join('')
  return [...dark.matchAll(/1+/g)].map(({ index, 0: bar }) => `M${index} ${y}h${bar.length}v1h-${bar.length}z`).join('')
}
