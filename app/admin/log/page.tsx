import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EventRow } from '#components/admin/event-row.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listEvents } from '#domain/audit-event/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { personalMetadata } from '../../page-metadata.ts'
import { adminOrNotFound } from '../admin-only.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'Who came in, and what was changed about roles, accounts and the site.'
  return personalMetadata({ title: 'Log · Administration', description, path: paths.adminLog() })
}

export default async function AdminLogPage({ searchParams }: Props) {
  const viewer = await adminOrNotFound()
  const events = (await listEvents(viewer, (await searchParams).after)) ?? notFound()
  const now = new Date()
  return (
    <>
      <Crumbs crumbs={[{ name: 'Administration', href: paths.admin() }]} />
      <NarrowPage
        heading="Log"
        lead="Who came in, with the day alone, and what was changed about ways in, roles and the site. Kept for a year. The same letters are the same network."
      >
        <List
          next={events.next && afterHref(paths.adminLog(), events.next)}
          more="Earlier"
          empty="Nothing was written down yet. What happens from now on stands here."
        >
          {events.rows.map((event) => (
            <EventRow key={event.id} event={event} now={now} />
          ))}
        </List>
      </NarrowPage>
    </>
  )
}
