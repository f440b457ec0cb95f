import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { ThingInView, thingName, thingPath } from '#components/moderation/thing-in-view.tsx'
import { ReportForm } from '#components/report/report-form.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { Thing, thingWord } from '#domain/moderation-event/rules.ts'
import { findShown, hasReported } from '#domain/report/queries.ts'
import { canReport } from '#domain/report/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ [name: string]: string | string[] | undefined }> }

const Which = z.object({ thing: Thing, id: z.uuid() })

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Report', description: 'Tell the moderators what is wrong with something.', path: '/report' })
}

export default async function ReportPage({ searchParams }: Props) {
  const which = Which.safeParse(await searchParams)
  if (!which.success) notFound()
  const { thing, id } = which.data
  const [viewer, found] = await Promise.all([currentViewer(), findShown(thing, id)])
  if (!found) notFound()
  if (!viewer) redirect(paths.signIn(paths.report(thing, id)))
  const reported = await hasReported(viewer, thing, id)
  return (
    <NarrowPage heading={reported ? 'You have reported this' : `Report this ${thingWord(thing)}`} lead={thingName(found)}>
      <ThingInView of={found} />
      {reported && <p>Thank you. A moderator looks at it, and whoever wrote it does not learn who reported it.</p>}
      {!reported && canReport(viewer, found) && <ReportForm thing={thing} id={id} />}
      {viewer.memberId === found.authorId && <p>It is your own. Others can report it, and moderators decide.</p>}
      {viewer.suspendedUntil && <p>Your account is suspended: until it is over, you cannot report anything.</p>}
      <p>
        <a className="text-link inline-flex min-h-11 items-center" href={thingPath(found)}>
          Back to the {thingWord(thing)}
        </a>
      </p>
    </NarrowPage>
  )
}
