import type { Metadata } from 'next'
import { cache } from 'react'
import { AmaRow } from '#components/ama/ama-row.tsx'
import { AskLink } from '#components/ask/ask-link.tsx'
import { CommunityFacts } from '#components/community/community-rail.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { TopMentors } from '#components/mentor/top-mentors.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { TopicLinks } from '#components/topic/topic-links.tsx'
import { Columns, MoreLink, Section } from '#components/ui/columns.tsx'
import { Crumbs } from '#components/ui/crumbs.tsx'
import { List } from '#components/ui/list.tsx'
import { listComingAmas, listPastAmas } from '#domain/ama/queries.ts'
import { getCommunity } from '#domain/community/queries.ts'
import { listCommunityQuestions } from '#domain/question/queries.ts'
import { orderInAddress, QUESTION_ORDERS, type QuestionOrder } from '#domain/question/rules.ts'
import { topMentors } from '#domain/related/queries.ts'
import { firstTopics } from '#domain/topic/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }> }

/** The order of questions that the page shows, and those that it leads to. */
const FIRST = 'read'
const OTHERS = ['hot', 'newest', 'requested', 'unanswered'] as const

const load = cache(async (slug: string) => (await getCommunity(slug)) ?? movedOrNotFound('Community', slug, paths.community))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const community = await load((await params).slug)
  return pageMetadata({
    title: community.name,
    description: `Questions about ${community.name}, answered by people who do it: AMAs, mentors, topics and the answers that are read most.`,
    path: paths.community(community.slug),
    feed: { kind: 'communities', slug: community.slug, name: community.name },
  })
}

export default async function CommunityPage({ params }: Props) {
  const now = new Date()
  const community = await load((await params).slug)
  const [coming, past, questions, { topics, more }, top] = await Promise.all([
    listComingAmas(now, community.id, undefined, 3),
    listPastAmas(now, community.id, undefined, 3),
    listCommunityQuestions(community.id, FIRST, undefined, 10),
    firstTopics(community.id),
    topMentors(community.id, []),
  ])
  const hrefOf = (order: QuestionOrder) => afterHref(paths.communityQuestions(community.slug), undefined, orderInAddress(order))
  const amas = [...(coming?.rows ?? []), ...(past?.rows ?? [])]
  const above = [{ name: 'Communities', href: paths.communities() }]
  return (
    <Columns rails={<TopMentors community={community} top={top} none="No mentor is here yet. A host invites the first one." />}>
      <JsonLd data={breadcrumbsJsonLd(above, { name: community.name, href: paths.community(community.slug) })} />
      <Crumbs crumbs={above} />
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">{community.name}</h1>
      <div className="mt-2">
        <CommunityFacts community={community} />
      </div>
      <AskLink where={{ community: community.slug }} />
      <p className="mt-4">
        <a className="text-link inline-flex min-h-11 items-center" href={paths.wantedList(community.slug)}>
          Wanted: topics and mentors that people miss
        </a>
      </p>
      <a
        className="text-link mt-4 inline-block"
        hidden
        data-may={`host:${community.id}`}
        data-no-print=""
        href={paths.hosting(community.slug)}
      >
        For hosts: AMAs and questions to check
      </a>
      <div className="mb-10 mt-6">
        <TopicLinks topics={topics} />
        {more && <MoreLink href={paths.search(`community:${community.slug}`, 'topics')}>More topics</MoreLink>}
      </div>
      <Section heading="AMAs" aside={<AllLink href={paths.communityAmas(community.slug)} />}>
        <List empty="No AMA was held here yet. A host sets up the first one with a mentor.">
          {amas.map((ama) => (
            <AmaRow key={ama.id} ama={ama} now={now} />
          ))}
        </List>
      </Section>
      <Section heading={QUESTION_ORDERS[FIRST].name} says={QUESTION_ORDERS[FIRST].says} aside={<AllLink href={hrefOf(FIRST)} />}>
        <p className="mt-2 flex flex-wrap gap-x-5 text-sm">
          {OTHERS.map((order) => (
            <a key={order} className="text-link inline-flex min-h-11 items-center" href={hrefOf(order)}>
              {QUESTION_ORDERS[order].name}
            </a>
          ))}
        </p>
        <List empty={QUESTION_ORDERS[FIRST].empty}>
          {questions?.rows.map((question) => (
            <QuestionRow key={question.id} question={question} now={now} />
          ))}
        </List>
      </Section>
    </Columns>
  )
}

function AllLink({ href }: { href: string }) {
  return (
    <a className="text-link text-sm" href={href}>
      All
    </a>
  )
}
