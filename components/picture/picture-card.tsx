import { colour, initials } from '#components/ui/avatar-look.ts'
import { markShape } from '#components/ui/mark-shape.ts'
import type { TitlePart } from '#domain/ama/rules.ts'
import type { Card } from '#domain/picture/rules.ts'

const PAPER = '#fbfaf7'
const INK = '#1a1f24'
const SOFT = '#59626b'
const QUIET = '#737b82'
const LINE = '#e4e1d9'
const ACCENT = '#0b6370'

const KINDS: Record<TitlePart['kind'], { color: string; fontWeight: number }> = {
  quiet: { color: QUIET, fontWeight: 400 },
  who: { color: INK, fontWeight: 600 },
  topic: { color: ACCENT, fontWeight: 600 },
}

const ROOM = { width: 1056, height: 322 }
const LEADING = 1.14
const SIZES = [88, 80, 72, 64, 58, 52, 46, 42, 38, 34, 30, 27]

/** Pixels of a face, wide and high. */
export const FACE = 92

/** `faces`: of each of the card's people the picture as a data URL, or null for a disc with the initials. */
type Props = { card: Card; faces: (string | null)[]; fontFamily: string }

/** 1200 × 630, in the part of CSS that Satori knows: everybody sits on the wire. */
export function PictureCard({ card: { site, above, title, point, people }, faces, fontFamily }: Props) {
  const text = title.map((part) => part.text).join('')
  const height = point ? ROOM.height - POINT.height - POINT.marginTop : ROOM.height
  const only = people.length === 1 ? people[0] : undefined
  return (
    <div style={{ ...PAGE, fontFamily }}>
      <div style={{ display: 'flex', alignItems: 'center', height: 52, fontSize: 32, fontWeight: 600 }}>
        <svg viewBox="0 0 32 32" width="48" height="48" fill={ACCENT} aria-hidden="true">
          <path fillRule="evenodd" d={markShape} />
        </svg>
        <div style={{ marginLeft: 14, flexShrink: 1, minWidth: 0, ...ONE_LINE }}>{site}</div>
        <div
          style={{
            marginLeft: 'auto',
            paddingLeft: 32,
            maxWidth: 832,
            flexShrink: 0,
            color: SOFT,
            fontSize: 28,
            fontWeight: 400,
            ...ONE_LINE,
          }}
        >
          {above}
        </div>
      </div>
      <div style={{ ...TITLE, height, fontSize: fitting(text, height) }}>
        {title.map((part) => (
          <span key={part.kind + part.text} style={KINDS[part.kind]}>
            {part.text}
          </span>
        ))}
      </div>
      {point && <div style={POINT}>{point}</div>}
      <div style={{ display: 'flex', alignItems: 'flex-end', marginTop: 'auto', height: FACE }}>
        {people.slice(0, 5).map(({ name }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, and two mentors may share a name
          <Face key={i} name={name} src={faces[i]} />
        ))}
        {only && (
          <div style={{ display: 'flex', flexDirection: 'column', justifyContent: 'center', height: FACE, marginLeft: 10, maxWidth: 920 }}>
            {only.name !== text && <div style={{ fontSize: 30, fontWeight: 600, ...ONE_LINE }}>{only.name}</div>}
            {only.byline !== only.name && <div style={{ marginTop: 2, color: SOFT, fontSize: 26, ...ONE_LINE }}>{only.byline}</div>}
          </div>
        )}
      </div>
      <div style={{ width: 1200, height: 6, marginLeft: -72, marginBottom: 52, background: ACCENT }} />
    </div>
  )
}

const PAGE = {
  display: 'flex',
  flexDirection: 'column',
  boxSizing: 'border-box',
  width: 1200,
  height: 630,
  padding: '56px 72px 0',
  background: PAPER,
  color: INK,
} as const

const ONE_LINE = { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const

const TITLE = {
  display: 'block',
  marginTop: 36,
  overflow: 'hidden',
  lineHeight: LEADING,
  letterSpacing: '-0.022em',
  wordBreak: 'break-word',
} as const

/** Three lines, which are two hundred characters. */
const POINT = {
  display: 'block',
  boxSizing: 'border-box',
  marginTop: 18,
  height: 116,
  overflow: 'hidden',
  paddingLeft: 22,
  borderLeft: `5px solid ${ACCENT}`,
  fontSize: 28,
  lineHeight: 1.36,
  color: SOFT,
} as const

function Face({ name, src }: { name: string; src: string | null | undefined }) {
  // biome-ignore lint/performance/noImgElement: it is drawn here and now
  if (src) return <img src={src} alt="" width={FACE} height={FACE} style={{ ...DISC, background: LINE }} />
  return <div style={{ ...DISC, ...LETTERS, backgroundImage: gradient(name) }}>{initials(name)}</div>
}

const DISC = { width: FACE, height: FACE, marginRight: 14, borderRadius: FACE / 2 } as const

const LETTERS = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'center',
  color: '#fff',
  fontSize: 34,
  fontWeight: 600,
} as const

function gradient(name: string): string {
  const [from, to] = colour(name).match(/#[0-9a-f]{6}/g) ?? []
  return `linear-gradient(to bottom right, ${from}, ${to})`
}

/** The largest size at which the text, broken between words, has room. */
function fitting(text: string, height: number): number {
  const words = text.split(/\s+/).map(widthOf)
  return SIZES.find((size) => lineCount(words, ROOM.width / size) * size * LEADING <= height) ?? 24
}

// Widths here are in units of the font's size. A word wider than a line is broken by the line's end.
function lineCount(words: number[], line: number): number {
  let lines = 1
  let used = 0
  for (const word of words) {
    if (used && used + SPACE + word > line) {
      lines++
      used = 0
    }
    used += (used ? SPACE : 0) + word
    while (used > line) {
      lines++
      used -= line
    }
  }
  return lines
}

const SPACE = 0.23

function widthOf(word: string): number {
  let width = 0
  for (const character of word)
    width += /[\u{1100}-\u{10ffff}]/u.test(character) ? 1.15 : /[\p{Lu}\p{N}\u0370-\u10ff]/u.test(character) ? 0.65 : 0.53
  return width
}
