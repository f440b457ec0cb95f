import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { CheckingForm } from '#components/community/checking-form.tsx'
import { HeldQuestionRow } from '#components/question/held-question.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getHostedCommunity } from '#domain/community/queries.ts'
import { canHost } from '#domain/community/rules.ts'
import { listHeld } from '#domain/question/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  return personalMetadata({ title: 'Questions to check', description: 'What waits for a host.', path: paths.checking(slug) })
}

export default async function CheckingPage({ params, searchParams }: Props) {
  const [viewer, { slug }, { after }] = await Promise.all([currentViewer(), params, searchParams])
  if (!viewer) redirect(paths.signIn(paths.checking(slug)))
  const community = (await getHostedCommunity(slug)) ?? notFound()
  if (!canHost(viewer, community.id)) notFound()
  const now = new Date()
  const { rows, next } = (await listHeld(community.id, after)) ?? notFound()
  return (
    <NarrowPage heading="Questions to check" lead={community.name}>
      <div>
        <Section heading="Waiting">
          <List
            next={next && afterHref(paths.checking(slug), next)}
            more="More questions"
            empty={
              community.checking === 'off'
                ? 'Nothing waits: what people ask here is there for everybody at once.'
                : 'Nothing waits. What people ask stands here until a host has looked at it.'
            }
          >
            {rows.map((question) => (
              <HeldQuestionRow key={question.id} question={question} page={paths.checking(slug)} now={now} />
            ))}
          </List>
        </Section>
        <Section heading="What waits for a host">
          <div className="pt-5">
            <CheckingForm community={community} />
          </div>
        </Section>
      </div>
    </NarrowPage>
  )
}
