const SIZES = { sm: 'size-7 text-[0.68rem]', md: 'size-9 text-[0.8rem]', lg: 'size-16 text-xl' } as const

/** How large a picture or disc is. */
export type AvatarSize = keyof typeof SIZES

// Each pair of a disc and its white letters reaches 4.5:1.
const COLOURS = [
  'from-[#0b6370] to-[#217c88]',
  'from-[#6b3f8c] to-[#8a57ad]',
  'from-[#8f4a12] to-[#a65f22]',
  'from-[#3d6234] to-[#517d46]',
  'from-[#2f4f8f] to-[#4a6cb0]',
  'from-[#93324f] to-[#b04b69]',
  'from-[#4a5560] to-[#64717d]',
  'from-[#6a5a10] to-[#837025]',
] as const

/** The picture's classes, for who sets it in by script. */
export function portraitLook(size: AvatarSize): string {
  return `inline-block shrink-0 rounded-full bg-line object-cover ring-2 ring-paper print:hidden ${SIZES[size]}`
}

/** The disc's classes, for who sets it in by script. */
export function discLook(name: string, size: AvatarSize): string {
  return `inline-flex shrink-0 select-none items-center justify-center rounded-full bg-linear-to-br font-semibold text-white ring-2 ring-paper print:hidden ${SIZES[size]} ${colour(name)}`
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.match(/\p{L}|\p{N}/u)?.[0] ?? '')
  return letters.join('').toLocaleUpperCase('en')
}

export function colour(name: string): string {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return COLOURS[sum % COLOURS.length] ?? COLOURS[0]
}
