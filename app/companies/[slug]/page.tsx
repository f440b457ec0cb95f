import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { AnswerRow } from '#components/answer/answer-row.tsx'
import { JsonLd } from '#components/json-ld.tsx'
import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { Columns, Empty, Rail, Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { listCompanyAnswers } from '#domain/answer/queries.ts'
import { getCompany, listFormerMentors, listPresentMentors } from '#domain/company/queries.ts'
import { roleDates } from '#domain/member/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { breadcrumbsJsonLd } from '../../json-ld/site.ts'
import { movedOrNotFound } from '../../moved.ts'
import { pageMetadata } from '../../page-metadata.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ after?: string | string[] }> }

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
  const [present, former, page] = await Promise.all([
    listPresentMentors(company.id),
    listFormerMentors(company.id),
    listCompanyAnswers(company.id, after),
  ])
  const answers = page ?? notFound()
  return (
    <Columns
      rails={
        <>
          <Rail heading={`Mentors at ${company.name} now`}>
            <ul className="grid gap-4">
              {present.map((mentor) => (
                <li key={mentor.id}>
                  <MentorRow mentor={{ ...mentor, company: null }} />
                </li>
              ))}
            </ul>
            {!present.length && <Empty>None at the moment.</Empty>}
          </Rail>
          {former.length > 0 && (
            <Rail heading="Once there, now elsewhere">
              <ul className="grid gap-4">
                {former.map((mentor) => (
                  <li key={mentor.id}>
                    <MentorRow mentor={mentor}>
                      <p className="text-sm text-soft">Then {[mentor.roleThere, roleDates(mentor)].filter(Boolean).join(', ')}</p>
                    </MentorRow>
                  </li>
                ))}
              </ul>
            </Rail>
          )}
        </>
      }
    >
      <JsonLd data={breadcrumbsJsonLd([], { name: company.name, href: paths.company(company.slug) })} />
      <h1 className="mb-8 text-3xl font-semibold tracking-tight sm:text-4xl">{company.name}</h1>
      <Section heading="Answered while there">
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
