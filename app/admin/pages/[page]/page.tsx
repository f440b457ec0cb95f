import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Saved } from '#components/admin/saved.tsx'
import { SitePageForm } from '#components/admin/site-forms.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getSitePage } from '#domain/site-page/queries.ts'
import { SitePageSlug, sitePages } from '#domain/site-page/rules.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../../../page-metadata.ts'
import { adminOrNotFound } from '../../admin-only.ts'

type Props = { params: Promise<{ page: string }>; searchParams: Promise<{ done?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Page · Administration', description: 'The text of a page in the footer.', path: paths.admin() })
}

export default async function AdminSitePage({ params, searchParams }: Props) {
  await adminOrNotFound()
  const slug = SitePageSlug.safeParse((await params).page).data ?? notFound()
  const [page, { done }] = await Promise.all([getSitePage(slug), searchParams])
  return (
    <>
      <Crumbs crumbs={[{ name: 'Administration', href: paths.admin() }]} />
      <NarrowPage heading={sitePages[slug]}>
        {done === 'saved' && <Saved />}
        <SitePageForm slug={slug} name={sitePages[slug]} body={page?.body ?? ''} />
        {page && (
          <p>
            <a className="text-link inline-flex min-h-11 items-center" href={paths.sitePage(slug)}>
              See it as readers do
            </a>
          </p>
        )}
      </NarrowPage>
    </>
  )
}
