import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ReportRow } from '#components/moderation/report-row.tsx'
import { List } from '#components/ui/list.tsx'
import { listOpenReports } from '#domain/report/queries.ts'
import { isModerator } from '#domain/report/rules.ts'
import { listKeptPlaces } from '#domain/role/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Moderation', description: 'What was reported and waits for a decision.', path: paths.moderation() })
}

export default async function ModerationPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.moderation()))
  if (!isModerator(viewer)) notFound()
  const { after } = await searchParams
  const [open, places] = await Promise.all([listOpenReports(viewer, after), listKeptPlaces(viewer)])
  const reports = open ?? notFound()
  const now = new Date()
  return (
    <div className="max-w-[43.5rem]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="text-3xl font-semibold tracking-tight">Moderation</h1>
        <a className="text-link inline-flex min-h-11 items-center" href={paths.moderationActs()}>
          What was decided
        </a>
      </div>
      {places.length > 0 && (
        <p className="mt-3 flex flex-wrap items-center gap-x-5">
          Roles to check:
          {places.map(({ slug, name }) => (
            <a key={slug} className="text-link inline-flex min-h-11 items-center" href={paths.applications(slug)}>
              {name}
            </a>
          ))}
        </p>
      )}
      <p className="mb-6 mt-3 text-soft">Open reports, the oldest first.</p>
      <List
        next={reports.next && afterHref(paths.moderation(), reports.next)}
        more="More reports"
        empty="Nothing is reported. What readers report of your communities waits here for you."
      >
        {reports.rows.map((report) => (
          <ReportRow key={report.reportId} report={report} now={now} />
        ))}
      </List>
    </div>
  )
}
