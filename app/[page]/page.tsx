import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Html } from '#components/ui/html.tsx'
import { getSite } from '#domain/site/queries.ts'
import { getSitePage } from '#domain/site-page/queries.ts'
import { SitePageSlug, sitePages } from '#domain/site-page/rules.ts'
import { textOf } from '#lib/clip.ts'
import { paths } from '#lib/paths.ts'
import { fullDate } from '#lib/time.ts'
import { pageMetadata } from '../page-metadata.ts'

type Props = { params: Promise<{ page: string }> }

const load = cache(async (given: string) => {
  const slug = SitePageSlug.safeParse(given).data ?? notFound()
  const page = (await getSitePage(slug)) ?? notFound()
  return { slug, name: sitePages[slug], ...page }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, name, html } = await load((await params).page)
  const site = await getSite()
  return pageMetadata({ title: name, description: textOf(html) || `${name} of ${site.name}`, path: paths.sitePage(slug) })
}

/** About, Guidelines, Privacy, Terms and Contact: what the admins of the site say of it. */
export default async function SitePage({ params }: Props) {
  const { name, html, updatedAt } = await load((await params).page)
  return (
    <article className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">{name}</h1>
      <Html html={html} className="prose mt-6 font-serif text-lg" />
      <p className="mt-10 text-sm text-soft">
        Written <time dateTime={updatedAt.toISOString()}>{fullDate(updatedAt)}</time>
      </p>
    </article>
  )
}
