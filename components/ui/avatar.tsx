import { type AvatarSize, discLook, initials, portraitLook } from '#components/ui/avatar-look.ts'
import { paths } from '#lib/paths.ts'

const PIXELS = { sm: 28, md: 36, lg: 64 } as const

type Props = { name: string; portraitId: string | null; size?: AvatarSize }

/** The person's picture, or a disc of the same size with the initials. It says nothing that the name beside it does not say. */
export function Avatar({ name, portraitId, size = 'md' }: Props) {
  if (portraitId) {
    const pixels = PIXELS[size]
    const src = paths.portrait(portraitId, size === 'lg' ? 192 : 96)
    // biome-ignore lint/performance/noImgElement: it has its size already, and next/image would send a script along
    return <img src={src} alt="" width={pixels} height={pixels} loading="lazy" decoding="async" className={portraitLook(size)} />
  }
  return (
    <span aria-hidden="true" className={discLook(name, size)}>
      {initials(name)}
    </span>
  )
}
