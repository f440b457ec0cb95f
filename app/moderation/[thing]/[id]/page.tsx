import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { ActRow } from '#components/moderation/act-list.tsx'
import { HideForm, KeepForm, LookUpForm, RestoreForm, SuspendForm } from '#components/moderation/decision-forms.tsx'
import { ReportWords } from '#components/moderation/report-row.tsx'
import { ThingInView, thingName, thingPath } from '#components/moderation/thing-in-view.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { listActsOn } from '#domain/moderation-event/queries.ts'
import { Thing, thingWord } from '#domain/moderation-event/rules.ts'
import { findAuthor, findModerated, hasLookedUp, listReportsOf } from '#domain/report/queries.ts'
import { canLookUp, canSuspend } from '#domain/report/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { fullDate } from '#lib/time.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ thing: string; id: string }> }

const Which = z.object({ thing: Thing, id: z.uuid() })

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { thing, id } = await params
  return personalMetadata({ title: 'Decide', description: 'What was reported, and what to do about it.', path: paths.moderated(thing, id) })
}

export default async function DecidePage({ params }: Props) {
  const which = Which.safeParse(await params)
  if (!which.success) notFound()
  const { thing, id } = which.data
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.moderated(thing, id)))
  const found = (await findModerated(viewer, thing, id)) ?? notFound()
  const now = new Date()
  const [reports, byOthers, acts, author] = await Promise.all([
    listReportsOf(thing, id),
    listReportsOf(thing, id, viewer.memberId),
    listActsOn(id),
    findAuthor(found, now),
  ])
  const told = found.named || (await hasLookedUp(viewer, id, byOthers))
  const name = author && (told ? author.name : 'the asker')
  return (
    <NarrowPage
      heading={thingName(found)}
      lead={found.hiddenAt ? `Hidden since ${fullDate(found.hiddenAt)}.` : `Readers see this ${thingWord(thing)}.`}
    >
      <ThingInView of={found} />
      <p>
        {!author && 'Nobody with a name wrote it. '}
        {author && (told ? `By ${author.name}. ` : 'Who asked can be looked up while a report by somebody else is open. ')}
        {!found.hiddenAt && (
          <a className="text-link" href={thingPath(found)}>
            See it on its page
          </a>
        )}
      </p>
      <Section heading="Reports">
        <List empty="No report is open.">
          {reports.map((report) => (
            <li key={report.id} className="pb-4 pt-2">
              <ReportWords report={report} now={now} />
            </li>
          ))}
        </List>
        {!told && canLookUp(found, byOthers) && (
          <div id="look-up" className="mb-6">
            <LookUpForm thing={thing} id={id} />
          </div>
        )}
        <div id="keep">{reports.length > 0 && <KeepForm thing={thing} id={id} />}</div>
      </Section>
      {found.hiddenAt ? (
        <div id="restore">
          <RestoreForm thing={thing} id={id} />
        </div>
      ) : (
        <div id="hide">
          <HideForm thing={thing} id={id} />
        </div>
      )}
      {author && name && canSuspend(viewer, found, author) && (
        <Section heading={`Suspend ${name}`}>
          <p className="py-4 text-soft">
            {author.suspendedUntil
              ? `Suspended until ${fullDate(author.suspendedUntil)}. Another day${viewer.admin ? '' : ', not before it,'} takes the place of this one.`
              : 'Every session ends at once. Until the day is over whoever signs in can only read, take the own data along and delete the account.'}
          </p>
          <div id="suspend">
            <SuspendForm thing={thing} id={id} name={name} />
          </div>
        </Section>
      )}
      <Section heading="Decisions">
        <List empty="Nothing was decided yet.">
          {acts.map((act) => (
            <ActRow key={act.id} act={act} now={now} />
          ))}
        </List>
      </Section>
    </NarrowPage>
  )
}
