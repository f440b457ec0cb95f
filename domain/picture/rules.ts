import { z } from 'zod'
import type { TitlePart } from '#domain/ama/rules.ts'
import type { PictureKind } from '#lib/paths.ts'

export const PictureKindGiven = z.enum(['amas', 'questions', 'mentors']) satisfies z.ZodType<PictureKind>

/** What a picture shows; pictures of equal content are one. */
export type Card = {
  /** The site's name. */
  site: string
  /** One line above the title: the date, the community. */
  above: string
  title: TitlePart[]
  /** A sentence below it: the point of what is answered first. */
  point?: string
  /** Who sits on the wire, at most five. */
  people: { name: string; byline: string; portraitId: string | null }[]
}
