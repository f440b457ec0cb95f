import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaLists } from '#components/ama/ama-lists.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { listAmas } from '#domain/ama/queries.ts'
import { getCommunity } from '#domain/community/queries.ts'
import { env } from '#lib/env.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../../json-ld/site.ts'
import { movedOrNotFound } from '../../../moved.ts'
import { pageMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[]; order?: string | string[] }> }

const load = cache(async (slug: string) => (await getCommunity(slug)) ?? movedOrNotFound('Community', slug, paths.communityAmas))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after, order } = await searchParams
  const community = await load((await params).slug)
  return pageMetadata({
    title: `${community.name} AMAs`,
    description: `Ask Me Anything in ${community.name}: what is on, what is next, and everything held so far.`,
    path: afterHref(paths.communityAmas(community.slug), after, typeof order === 'string' && after ? order : undefined),
    feed: { kind: 'communities', slug: community.slug, name: community.name },
  })
}

export default async function CommunityAmasPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after, order } = await searchParams
  const community = await load((await params).slug)
  const { coming, past } = (await listAmas(now, after, order, community.id)) ?? notFound()
  // Calendar programs follow an address of this scheme instead of reading it once.
  const calendar = env().SITE_URL.replace(/^https?:/, 'webcal:') + paths.communityCalendar(community.slug)
  const above = [{ name: community.name, href: paths.community(community.slug) }]
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd(above, { name: 'AMAs', href: paths.communityAmas(community.slug) })} />
      <Crumbs crumbs={above} />
      <h1 className="mb-3 text-3xl font-semibold tracking-tight">{community.name} AMAs</h1>
      <p className="mb-10" data-no-print="">
        <a className="text-link" href={calendar}>
          Follow them in your calendar
        </a>
      </p>
      <AmaLists coming={coming} past={past} now={now} path={paths.communityAmas(community.slug)} />
    </div>
  )
}
