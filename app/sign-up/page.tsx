import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NameForm } from '#components/account/name-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findLink } from '#domain/mail-proof/queries.ts'
import { getSite } from '#domain/site/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentVisit } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Your name', description: 'The last step to join.', path: paths.signUp() })
}

export default async function SignUpPage() {
  const { viewer, carried, now } = await currentVisit()
  const [site, proved] = await Promise.all([getSite(), carried ? findLink(carried, 'sign-up', now) : null])
  if (!proved) redirect(viewer ? paths.settings() : paths.signIn())
  return (
    <NarrowPage heading={`Welcome to ${site.name}`} lead={`You are new here, and ${proved.email} is yours. One thing is left.`}>
      <NameForm siteName={site.name} />
    </NarrowPage>
  )
}
