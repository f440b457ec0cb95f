import type { Metadata } from 'next'
import { AmaRow } from '#components/ama/ama-row.tsx'
import { CommunityRail } from '#components/community/community-rail.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { Columns, Rail, Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { listComingAmas } from '#domain/ama/queries.ts'
import { listCommunities } from '#domain/community/queries.ts'
import { listWorthReading } from '#domain/question/queries.ts'
import { getSite } from '#domain/site/queries.ts'
import { paths } from '#lib/paths.ts'
import { siteJsonLd } from './json-ld/site.ts'
import { pageMetadata } from './page-metadata.ts'

const WHAT_THIS_IS = 'People who have done a job answer questions about it. Read what they say, and ask what nobody has asked yet.'

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getSite()
  return pageMetadata({ title: `${name}: answers from people who have done the job`, description: WHAT_THIS_IS, path: paths.home() })
}

export default async function HomePage() {
  const now = new Date()
  const [site, coming, questions, communities] = await Promise.all([
    getSite(),
    listComingAmas(now, undefined, undefined, 4),
    listWorthReading(12),
    listCommunities(),
  ])
  return (
    <Columns
      rails={
        <Rail heading="Communities">
          <CommunityRail communities={communities?.rows ?? []} />
        </Rail>
      }
    >
      <JsonLd data={siteJsonLd(site.name, WHAT_THIS_IS)} />
      <h1 className="max-w-[34ch] text-2xl font-semibold leading-snug tracking-tight sm:text-[1.75rem]">
        People who have done a job answer questions about it.
      </h1>
      <p className="mb-8 mt-2">
        {/* The number comes from /api/viewer, to the end of the line: nothing moves. */}
        <a className="text-link inline-flex min-h-11 items-center" href={paths.following()}>
          <span>
            What you follow
            <span data-news="" className="empty:hidden" />
          </span>
        </a>
      </p>
      <Section
        heading="Live and next"
        aside={
          <a className="text-link text-sm" href={paths.amas()}>
            All AMAs
          </a>
        }
      >
        <List empty="No AMA is planned at the moment. When a host sets one up, it stands here with its date.">
          {coming?.rows.map((ama) => (
            <AmaRow key={ama.id} ama={ama} now={now} />
          ))}
        </List>
      </Section>
      <Section heading="Worth reading" says="Of the hundred questions that were answered last, those that are read most.">
        <List empty="Nothing is answered yet. The first answer that a mentor gives stands here.">
          {questions.map((question) => (
            <QuestionRow key={question.id} question={question} now={now} />
          ))}
        </List>
      </Section>
    </Columns>
  )
}
