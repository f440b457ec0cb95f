import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ActRow } from '#components/moderation/act-list.tsx'
import { List } from '#components/ui/list.tsx'
import { listActs } from '#domain/moderation-event/queries.ts'
import { isModerator } from '#domain/report/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Decisions', description: 'What moderators decided.', path: paths.moderationActs() })
}

export default async function ActsPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.moderationActs()))
  if (!isModerator(viewer)) notFound()
  const acts = (await listActs(viewer, (await searchParams).after)) ?? notFound()
  const now = new Date()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="mb-6 text-3xl font-semibold tracking-tight">Decisions</h1>
      <List next={acts.next && afterHref(paths.moderationActs(), acts.next)} more="Earlier decisions" empty="Nothing was decided yet.">
        {acts.rows.map((act) => (
          <ActRow key={act.id} act={act} now={now} />
        ))}
      </List>
    </div>
  )
}
