import type { Metadata } from 'next'
import { Saved } from '#components/admin/saved.tsx'
import { RenameSiteForm, TestMailForm } from '#components/admin/site-forms.tsx'
import { Steps } from '#components/admin/steps.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listUnguardedAdmins } from '#domain/account/queries.ts'
import { getSite } from '#domain/site/queries.ts'
import { beforeGoingPublic } from '#domain/site/rules.ts'
import { SitePageSlug, sitePages } from '#domain/site-page/rules.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { personalMetadata } from '../page-metadata.ts'
import { adminOrNotFound } from './admin-only.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Administration', description: 'What admins look after.', path: paths.admin() })
}

type Props = { searchParams: Promise<{ done?: string | string[] }> }

export default async function AdminPage({ searchParams }: Props) {
  const viewer = await adminOrNotFound()
  const [site, { done }, unguarded] = await Promise.all([getSite(), searchParams, listUnguardedAdmins(viewer)])
  return (
    <NarrowPage heading="Administration">
      {done === 'saved' && <Saved />}
      <Section heading="Communities and topics">
        <p className="pt-2">
          <a className="text-link inline-flex min-h-11 items-center" href={paths.adminCommunities()}>
            All communities, their topics and invitations
          </a>
        </p>
      </Section>
      <Section heading="Pages in the footer">
        <ul className="pt-2">
          {SitePageSlug.options.map((slug) => (
            <li key={slug} className="flex items-center justify-between gap-x-6">
              <a className="text-link inline-flex min-h-11 items-center" href={paths.adminPage(slug)}>
                {sitePages[slug]}
              </a>
              <span className="text-soft">{site.pages.includes(slug) ? 'has a text' : 'no text yet'}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section heading="Log">
        <p className="pt-2">
          <a className="text-link inline-flex min-h-11 items-center" href={paths.adminLog()}>
            Who came in, and what was changed
          </a>
        </p>
      </Section>
      <Section heading="Name">
        <div id="name" className="pt-5">
          <RenameSiteForm siteName={site.name} here={paths.admin()} />
        </div>
      </Section>
      <Section heading="Mail">
        <div id="test-mail" className="pt-5">
          <TestMailForm here={paths.admin()} />
        </div>
      </Section>
      <Section heading="Before others come">
        <div className="pt-5">
          <Steps steps={beforeGoingPublic(env(), unguarded)} />
        </div>
      </Section>
    </NarrowPage>
  )
}
