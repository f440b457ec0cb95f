import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaRow } from '#components/ama/ama-row.tsx'
import { AnswerRow } from '#components/answer/answer-row.tsx'
import { ShownFollows } from '#components/follow/shown-follows.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorHead } from '#components/mentor/mentor-head.tsx'
import { Roles } from '#components/mentor/roles.tsx'
import { Columns, Empty, Rail, Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { listMentorAmas } from '#domain/ama/queries.ts'
import { listMentorAnswers } from '#domain/answer/queries.ts'
import { listShownFollows } from '#domain/follow/queries.ts'
import { getMentor } from '#domain/member/queries.ts'
import { byline } from '#domain/member/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { mentorJsonLd } from '../../json-ld/mentor.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

/** A mentor's latest AMAs; few hold more. */
const AMAS_SHOWN = 10

type Props = { params: Promise<{ handle: string }>; searchParams: Promise<{ after?: string | string[] }> }

const load = cache(async (handle: string) => (await getMentor(handle)) ?? movedOrNotFound('Member', handle, paths.mentor))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after } = await searchParams
  const mentor = await load((await params).handle)
  const role = byline({ company: mentor.company?.name ?? null, title: mentor.title }, 'Mentor')
  return pageMetadata({
    title: `${mentor.name}, ${role}`,
    description: mentor.bio ?? `${mentor.name}, ${role}, answers questions here.`,
    path: afterHref(paths.mentor(mentor.handle), after),
    picture: { kind: 'mentors', slug: mentor.handle, alt: `${mentor.name}, ${role}`, portraits: [mentor.portraitId] },
    feed: { kind: 'mentors', slug: mentor.handle, name: mentor.name },
  })
}

export default async function MentorPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after } = await searchParams
  const mentor = await load((await params).handle)
  const [amas, page, follows] = await Promise.all([
    listMentorAmas(mentor.id, AMAS_SHOWN),
    listMentorAnswers(mentor.id, after),
    mentor.followsShownSince ? listShownFollows(mentor.id) : [],
  ])
  const answers = page ?? notFound()
  return (
    <Columns
      rails={
        <Rail heading="Roles">
          <Roles roles={mentor.roles} />
          {!mentor.roles.length && <Empty>No role is given.</Empty>}
        </Rail>
      }
    >
      <JsonLd data={breadcrumbsJsonLd([], { name: mentor.name, href: paths.mentor(mentor.handle) })} />
      <JsonLd data={mentorJsonLd(mentor)} />
      <MentorHead mentor={mentor} now={now} />
      <ShownFollows follows={follows} />
      <Section heading="AMAs">
        <List empty={`${mentor.name} has not held an AMA here yet.`}>
          {amas.map((ama) => (
            <AmaRow key={ama.id} ama={ama} now={now} />
          ))}
        </List>
      </Section>
      <Section heading="Answers">
        <List
          next={answers.next && afterHref(paths.mentor(mentor.handle), answers.next)}
          more="More answers"
          empty={`${mentor.name} has not answered a question here yet.`}
        >
          {answers.rows.map((answer) => (
            <AnswerRow key={answer.id} answer={answer} now={now} />
          ))}
        </List>
      </Section>
    </Columns>
  )
}
