import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { AmaHead } from '#components/ama/ama-head.tsx'
import { AmaPeople } from '#components/ama/ama-people.tsx'
import { Announcement } from '#components/ama/announcement.tsx'
import { HostedQuestions } from '#components/ama/hosted-questions.tsx'
import { CancelForm, PublishForm, SendInForm } from '#components/ama/hosting-forms.tsx'
import { HeldQuestionRow } from '#components/question/held-question.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getHostedAma, type HostedAma } from '#domain/ama/queries.ts'
import { amaPhase, announcement, canHostAma, isOver } from '#domain/ama/rules.ts'
import { whyNotClosed } from '#domain/closing/rules.ts'
import { canHost } from '#domain/community/rules.ts'
import { type HeldQuestion, listHeldInAma, listHostedQuestions } from '#domain/question/queries.ts'
import type { Page } from '#lib/cursor.ts'
import { env } from '#lib/env.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { amaDate } from '#lib/zone.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ after?: string | string[]; order?: string | string[]; done?: string | string[] }>
}

const NOTHING: Page<HeldQuestion> = { rows: [], next: null }

const DONE = new Map([
  ['saved', 'Saved.'],
  ['sent', 'They are in.'],
])

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Run the AMA', description: 'For its hosts.', path: paths.hostedAma(slug) })
}

export default async function HostedAmaPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { after, order, done }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.hostedAma(slug)))
  const ama = (await getHostedAma(slug)) ?? notFound()
  if (!canHostAma(viewer, ama)) notFound()
  const now = new Date()
  const phase = amaPhase(ama, now)
  const open = !ama.cancelledAt && !isOver(ama, now)
  const canBeRead = open && (ama.publishedAt !== null || phase === 'upcoming')
  const ofCommunity = canHost(viewer, ama.communityId)
  const [questions, held] = await Promise.all([
    listHostedQuestions(ama.id, order === 'held' ? undefined : after),
    // Hosts of its community check on a page of that, where co-hosts have none.
    ofCommunity ? NOTHING : listHeldInAma(ama.id, order === 'held' ? after : undefined),
  ])
  if (!questions || !held) notFound()
  const text = announcement(ama, amaDate(ama.startsAt, ama.timeZone), env().SITE_URL + paths.ama(slug))
  return (
    <NarrowPage heading="Run the AMA" lead={standing(ama, now)}>
      {typeof done === 'string' && DONE.has(done) && (
        <p role="status" className="form-message">
          {DONE.get(done)}
        </p>
      )}
      <section aria-label="As it looks" className="rounded-lg border border-line p-5">
        <AmaHead ama={ama} now={now} preview />
      </section>
      <Ways ama={ama} open={open} ofCommunity={ofCommunity} />
      <div>
        <Section heading="Mentors">
          <AmaPeople people={ama.people} />
          {canBeRead && !ama.publishedAt && ama.people.some(({ standing: said }) => said === 'holds') && <PublishForm ama={ama} />}
        </Section>
        {canBeRead && (
          <Section heading="Announce it">
            <Announcement text={text} picture={paths.hostedAmaPicture(slug)} published={ama.publishedAt !== null} />
          </Section>
        )}
        <ToCheck held={held} page={paths.hostedAma(slug)} now={now} />
        <Section heading="Questions">
          <HostedQuestions questions={questions.rows} next={questions.next && afterHref(paths.hostedAma(slug), questions.next)} />
          {open && phase !== 'past' && (
            <div className="pt-6" id="send-in">
              <SendInForm ama={ama} />
            </div>
          )}
        </Section>
        {!whyNotClosed(ama, now) && (
          <Section heading="Close it">
            <p className="pt-5">
              Say at the end what becomes of the questions that are left.{' '}
              <a className="text-link" href={paths.closeAma(slug)}>
                Close this AMA
              </a>
            </p>
          </Section>
        )}
        {open && (
          <Section heading="Cancel it">
            <div className="pt-5">
              <CancelForm ama={ama} published={ama.publishedAt !== null} />
            </div>
          </Section>
        )}
      </div>
    </NarrowPage>
  )
}

function Ways({ ama, open, ofCommunity }: { ama: HostedAma; open: boolean; ofCommunity: boolean }) {
  return (
    <p className="flex flex-wrap gap-x-6 gap-y-3">
      {open && (
        <a className="button button-quiet" href={paths.editAma(ama.slug)}>
          Change it
        </a>
      )}
      {ama.publishedAt && !ama.cancelledAt && (
        <a className="button button-quiet" href={paths.presentAma(ama.slug)}>
          Show it on a projector
        </a>
      )}
      {ofCommunity && (
        <a className="text-link self-center" href={paths.hosting(ama.community.slug)}>
          All AMAs that you host
        </a>
      )}
    </p>
  )
}

function ToCheck({ held: { rows, next }, page, now }: { held: Page<HeldQuestion>; page: string; now: Date }) {
  if (rows.length === 0) return null
  return (
    <Section heading="Questions to check">
      <List next={next && afterHref(page, next, 'held')} more="More questions to check" empty="">
        {rows.map((question) => (
          <HeldQuestionRow key={question.id} question={question} page={page} now={now} />
        ))}
      </List>
    </Section>
  )
}

function standing({ cancelledAt, publishedAt, closedAt, slug, ...when }: HostedAma, now: Date) {
  if (cancelledAt) return 'It was cancelled.'
  if (!publishedAt && amaPhase(when, now) !== 'upcoming')
    return 'A draft whose time came before anybody could read of it. Choose a later one.'
  if (!publishedAt) return 'A draft: its hosts and those whom it invites see it. The first mentor who says yes publishes it.'
  return (
    <>
      {closedAt ? 'It is closed. ' : amaPhase(when, now) === 'past' ? 'It is past. ' : 'It is published. '}
      <a className="text-link" href={paths.ama(slug)}>
        Its page
      </a>
    </>
  )
}
