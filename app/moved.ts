import { notFound, permanentRedirect } from 'next/navigation'
import { currentSlug, type SlugKind } from '#domain/moved-slug/queries.ts'

/**
 * For a page whose thing is not there: 308 to its present address if it moved, else 404.
 * Never returns.
 */
export async function movedOrNotFound(kind: SlugKind, slug: string, path: (slug: string) => string): Promise<never> {
  const current = await currentSlug(kind, slug)
  if (current) permanentRedirect(path(current))
  notFound()
}
