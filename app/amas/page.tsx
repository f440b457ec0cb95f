import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AmaLists } from '#components/ama/ama-lists.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { listAmas } from '#domain/ama/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../json-ld/site.ts'
import { pageMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[]; order?: string | string[] }> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { after, order } = await searchParams
  return pageMetadata({
    title: 'AMAs',
    description:
      'Ask Me Anything: mentors answer questions about the job they do, live and for good. What is on, what is next, and everything held so far.',
    path: afterHref(paths.amas(), after, typeof order === 'string' && after ? order : undefined),
  })
}

export default async function AmasPage({ searchParams }: Props) {
  const now = new Date()
  const { after, order } = await searchParams
  const { coming, past } = (await listAmas(now, after, order)) ?? notFound()
  return (
    <div className="max-w-[43.5rem]">
      <JsonLd data={breadcrumbsJsonLd([], { name: 'AMAs', href: paths.amas() })} />
      <h1 className="text-3xl font-semibold tracking-tight">Ask Me Anything</h1>
      <p className="mb-10 mt-3 text-soft">A mentor takes questions at a set time. The answers stay, and others add theirs.</p>
      <AmaLists coming={coming} past={past} now={now} path={paths.amas()} />
    </div>
  )
}
