import { z } from 'zod'

/** The pages that a site says itself with, in the footer's order. */
export const sitePages = { about: 'About', guidelines: 'Guidelines', privacy: 'Privacy', terms: 'Terms', contact: 'Contact' } as const

export type SitePageSlug = keyof typeof sitePages

export const SitePageSlug = z.enum(Object.keys(sitePages) as [SitePageSlug, ...SitePageSlug[]])

/** Markdown. Without a text there is no page. */
export const WritePage = z.object({ slug: SitePageSlug, body: z.string().trim().max(20_000, 'At most 20,000 characters.') })

/** Those of them that are there, in the footer's order. */
export function sitePagesOf(slugs: readonly string[]): { slug: SitePageSlug; name: string }[] {
  return SitePageSlug.options.filter((slug) => slugs.includes(slug)).map((slug) => ({ slug, name: sitePages[slug] }))
}
