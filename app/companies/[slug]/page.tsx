import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AmaRail } from '#components/ama/ama-row.tsx'
import { AnswerRow } from '#components/answer/answer-row.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { RolesThere } from '#components/mentor/roles-there.tsx'
import { Columns, Empty, MoreLink, Rail, Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { listCompanyAmas } from '#domain/ama/queries.ts'
import { listCompanyAnswers } from '#domain/answer/queries.ts'
import { getCompany, listFormerMentors, listPresentMentors } from '#domain/company/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[] }> }

/** AMAs that its page names at most. */
const AMAS_SHOWN = 5

const load = cache(async (slug: string) => (await getCompany(slug)) ?? movedOrNotFound('Company', slug, paths.company))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { after } = await searchParams
  const company = await load((await params).slug)
  return pageMetadata({
    title: `People of ${company.name}`,
    description: `What people who work or worked at ${company.name} answered about their jobs.`,
    path: afterHref(paths.company(company.slug), after),
  })
}

export default async function CompanyPage({ params, searchParams }: Props) {
  const now = new Date()
  const { after } = await searchParams
  const company = await load((await params).slug)
  const [present, former, amas, page] = await Promise.all([
    listPresentMentors(company.id),
    listFormerMentors(company.id),
    listCompanyAmas(company.id, AMAS_SHOWN),
    listCompanyAnswers(company.id, after),
  ])
  const answers = page ?? notFound()
  const all = <MoreLink href={paths.search(`company:${company.slug}`, 'mentors')}>All who work or worked at {company.name}</MoreLink>
  return (
    <Columns
      rails={
        <>
          <Rail heading={`Mentors at ${company.name} now`}>
            <ul className="grid gap-4">
              {present.mentors.map((mentor) => (
                <li key={mentor.id}>
                  <MentorRow mentor={{ ...mentor, company: null, title: mentor.roles.length ? null : mentor.title }}>
                    <RolesThere roles={mentor.roles} />
                  </MentorRow>
                </li>
              ))}
            </ul>
            {!present.mentors.length && <Empty>None of our mentors works there at the moment.</Empty>}
            {present.more && all}
          </Rail>
          <Rail heading="Once there, now elsewhere">
            <ul className="grid gap-4">
              {former.mentors.map((mentor) => (
                <li key={mentor.id}>
                  <MentorRow mentor={mentor}>
                    <p className="mt-1 text-sm text-soft">At {company.name}:</p>
                    <RolesThere roles={mentor.roles} />
                  </MentorRow>
                </li>
              ))}
            </ul>
            {!former.mentors.length && <Empty>No mentor who worked there is elsewhere now.</Empty>}
            {former.more && all}
          </Rail>
          <Rail heading="AMAs by people there">
            <AmaRail amas={amas} />
            {!amas.length && <Empty>Nobody held an AMA while there yet.</Empty>}
          </Rail>
        </>
      }
    >
      <JsonLd data={breadcrumbsJsonLd([], { name: company.name, href: paths.company(company.slug) })} />
      <h1 className="mb-8 text-3xl font-semibold tracking-tight sm:text-4xl">{company.name}</h1>
      <Section heading="Answered while there" says="What people said while they worked there, whoever they work for now. Most views first.">
        <List
          next={answers.next && afterHref(paths.company(company.slug), answers.next)}
          more="More answers"
          empty={`Nobody answered a question while at ${company.name} yet.`}
        >
          {answers.rows.map((answer) => (
            <AnswerRow key={answer.id} answer={{ ...answer, company: null }} now={now} named />
          ))}
        </List>
      </Section>
    </Columns>
  )
}
