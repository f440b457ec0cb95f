import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { AmaDate } from '#components/ama/ama-when.tsx'
import { PressPage } from '#components/ui/press-page.tsx'
import { amaTitle } from '#domain/ama/rules.ts'
import { getOwnReminder } from '#domain/ama-reminder/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ refused?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const path = paths.ownReminder((await params).slug)
  return personalMetadata({ title: 'Your reminder', description: 'Whether you are reminded of this AMA.', path })
}

export default async function ReminderPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { refused }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.ownReminder(slug)))
  const { mentors, topic, reminding, cancelledAt, ...when } = (await getOwnReminder(viewer, slug)) ?? notFound()
  const coming = !cancelledAt && new Date() < when.startsAt
  return (
    <PressPage
      heading={!coming ? 'There is nothing to wait for' : reminding ? 'You will be reminded' : 'You will not be reminded'}
      about={{ title: amaTitle(mentors, topic.name), href: paths.ama(slug) }}
      refused={coming ? refused : undefined}
      button={coming ? { action: paths.reminders(slug), pressed: reminding, press: 'Remind me', release: 'Do not remind me' } : null}
    >
      {coming ? (
        <>
          It starts on <AmaDate ama={when} />. {reminding && 'You are told shortly before, and when it moves or is cancelled.'}
        </>
      ) : cancelledAt ? (
        'This AMA was cancelled.'
      ) : (
        'It has begun.'
      )}
    </PressPage>
  )
}
