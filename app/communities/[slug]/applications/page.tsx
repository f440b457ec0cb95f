import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { Invitations } from '#components/admin/invitations.tsx'
import { WaitingRoleRow } from '#components/role/waiting-role.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getHostedCommunity } from '#domain/community/queries.ts'
import { canHost } from '#domain/community/rules.ts'
import { listOpenInvitations } from '#domain/invitation/queries.ts'
import { listWaitingRoles } from '#domain/role/queries.ts'
import { keeps } from '#domain/role/rules.ts'
import { env } from '#lib/env.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ after?: string | string[]; done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const path = paths.applications((await params).slug)
  return personalMetadata({ title: 'Mentors to be', description: 'Roles to check, and invitations.', path })
}

const DONE: Record<string, string> = { accepted: 'Accepted. A notice says so.', refused: 'Not accepted. A notice says why.' }

export default async function ApplicationsPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { after, done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.applications(slug)))
  const community = (await getHostedCommunity(slug)) ?? notFound()
  if (!keeps(viewer, community.id)) notFound()
  const now = new Date()
  const invites = canHost(viewer, community.id)
  const [waiting, open] = await Promise.all([listWaitingRoles(community.id, after), invites ? listOpenInvitations(community.id, now) : []])
  const { rows, next } = waiting ?? notFound()
  const said = DONE[String(done)]
  return (
    <NarrowPage heading="Mentors to be" lead={community.name}>
      {said && (
        <p role="status" className="form-message">
          {said}
        </p>
      )}
      <div>
        <Section heading="Roles to check">
          <List
            next={next && afterHref(paths.applications(slug), next)}
            more="More roles"
            empty="Nothing waits. Who wants to be a mentor here and has a page that shows the role stands here."
          >
            {rows.map((row) => (
              <WaitingRoleRow key={row.id} waiting={row} community={slug} own={row.memberId === viewer.memberId} now={now} />
            ))}
          </List>
        </Section>
        {invites && (
          <Section heading="Invite a mentor">
            <div className="pt-5">
              <Invitations community={community} open={open} siteUrl={env().SITE_URL} here={paths.applications(slug)} />
            </div>
          </Section>
        )}
      </div>
    </NarrowPage>
  )
}
