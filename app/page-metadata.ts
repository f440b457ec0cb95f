import { createHash } from 'node:crypto'
import type { Metadata } from 'next'
import { feedTitle } from '#domain/feed/rules.ts'
import { getSite } from '#domain/site/queries.ts'
import { shortened } from '#lib/clip.ts'
import { env } from '#lib/env.ts'
import { type FeedKind, type PictureKind, paths } from '#lib/paths.ts'

export type PageDescription = {
  /** The page's own name; the site's is added, except on the home page. */
  title: string
  /** Plain text; whitespace is folded, and what is longer than a search result shows is cut at a word. */
  description: string
  /** From `paths`; with its query where that makes another page (`?after=`). */
  path: string
  /** `alt` and whose `portraits` it shows: when they change, its address does, and those who keep pictures ask again. */
  picture?: { kind: PictureKind; slug: string; alt: string; portraits: (string | null)[] }
  /** Feed readers find the feed through this; `name` as in feedTitle. */
  feed?: { kind: FeedKind; slug: string; name: string }
}

/** What every page says in its head, whichever router makes it. */
export const FORMAT_DETECTION = { telephone: false, address: false, email: false }
export const THEME_COLORS = [
  { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
  { media: '(prefers-color-scheme: dark)', color: '#101416' },
]

/** What pageMetadata says; page-head.tsx says it where the Pages Router makes the page. */
export type PageMetadata = Awaited<ReturnType<typeof pageMetadata>>

const DESCRIPTION_MAX = 180

/** What a public page says in its head to search engines, feed readers and sites that show a link to it. */
export async function pageMetadata({ title, description, path, picture, feed }: PageDescription) {
  const site = await getSite()
  const url = env().SITE_URL + path
  const short = shortened(description.replace(/\s+/g, ' ').trim(), DESCRIPTION_MAX)
  const images = picture && [{ url: pictureUrl(picture), width: 1200, height: 630, alt: picture.alt, type: 'image/png' }]
  return {
    title: { absolute: path === paths.home() ? title : `${title} · ${site.name}` },
    description: short,
    alternates: {
      canonical: url,
      ...(feed && {
        types: {
          'application/atom+xml': [{ url: env().SITE_URL + paths.feed(feed.kind, feed.slug), title: feedTitle(feed.kind, feed.name) }],
        },
      }),
    },
    openGraph: {
      ...openGraphType(picture?.kind),
      siteName: site.name,
      locale: 'en_US',
      title,
      description: short,
      url,
      ...(images && { images }),
    },
    twitter: { card: images ? 'summary_large_image' : 'summary', title, description: short, ...(images && { images }) },
    robots: { index: true, follow: true, 'max-image-preview': 'large', 'max-snippet': -1 },
  } satisfies Metadata
}

/** What a page that is one person's own says in its head: its name to whoever has it open, and to nobody else. */
export function personalMetadata({ title, description, path }: Pick<PageDescription, 'title' | 'description' | 'path'>): Metadata {
  return {
    // The layout adds the site's name.
    title,
    description,
    alternates: { canonical: env().SITE_URL + path },
    robots: { index: false, follow: false },
  }
}

function pictureUrl({ kind, slug, alt, portraits }: NonNullable<PageDescription['picture']>): string {
  const version = createHash('sha256')
    .update(JSON.stringify([alt, portraits]))
    .digest('base64url')
    .slice(0, 10)
  return `${env().SITE_URL}${paths.picture(kind, slug)}?v=${version}`
}

function openGraphType(kind: PictureKind | undefined): { type: 'website' | 'profile' | 'article' } {
  if (kind === 'mentors') return { type: 'profile' }
  return { type: kind ? 'article' : 'website' }
}
