/** Rows of text under their headings, the first column to the left and the others to the right. */
export function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [line(headings), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

export const whole = (n: number) => Math.round(n).toLocaleString('en-US')
export const fine = (n: number) => (Number.isNaN(n) ? '-' : n.toFixed(n < 10 ? 2 : 1))
