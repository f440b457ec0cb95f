import type { ReactNode } from 'react'
import { AmaRow } from '#components/ama/ama-row.tsx'
import { AnswerRow } from '#components/answer/answer-row.tsx'
import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { marking } from '#components/search/marked.tsx'
import { Hits, searchHref } from '#components/search/narrowing.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import type { CompanyRow } from '#domain/company/queries.ts'
import type { Finds as Found } from '#domain/search/queries.ts'
import type { Asked, SearchKind, SearchSort } from '#domain/search/rules.ts'
import type { TopicRow } from '#domain/topic/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

export const KIND_NAMES: Record<SearchKind, string> = {
  questions: 'Questions',
  answers: 'Answers',
  mentors: 'Mentors',
  amas: 'AMAs',
  topics: 'Topics',
  companies: 'Companies',
}

type Props = { asked: Asked; finds: Found; now: Date }

/** What was found of one kind, with the way to more of it. */
export function FoundOfKind({ asked, finds, kind, sort, now, empty }: Props & { kind: SearchKind; sort: SearchSort; empty: ReactNode }) {
  const next = finds[kind]?.next
  return (
    <List next={next && searchHref(asked, kind, sort, next)} more={`More ${named(kind)}`} empty={empty}>
      {rows(finds, kind, now)}
    </List>
  )
}

/** The first few of each kind of which there is something. */
export function FoundOfAll({ asked, finds, now }: Props) {
  const kinds = (['topics', 'companies', 'mentors', 'questions', 'answers', 'amas'] as const).filter((kind) => finds[kind]?.rows.length)
  return kinds.map((kind) => (
    <Section
      key={kind}
      heading={KIND_NAMES[kind]}
      aside={
        finds[kind]?.next && (
          <a className="text-link text-sm" href={searchHref(asked, kind)}>
            More {named(kind)} <Hits count={finds[kind]?.count} />
          </a>
        )
      }
    >
      <ul className="divide-y divide-line">{rows(finds, kind, now)}</ul>
    </Section>
  ))
}

function named(kind: SearchKind): string {
  return kind === 'amas' ? 'AMAs' : kind
}

function rows(finds: Found, kind: SearchKind, now: Date) {
  const words = marking(finds[kind]?.forms ?? new Map())
  switch (kind) {
    case 'questions':
      return finds.questions?.rows.map((question) => <QuestionRow key={question.id} question={question} now={now} words={words} />)
    case 'answers':
      return finds.answers?.rows.map((answer) => <AnswerRow key={answer.id} answer={answer} now={now} named words={words} />)
    case 'amas':
      return finds.amas?.rows.map((ama) => <AmaRow key={ama.id} ama={ama} now={now} words={words} />)
    case 'mentors':
      return finds.mentors?.rows.map((mentor) => (
        <li key={mentor.id} className="py-5">
          <MentorRow mentor={mentor} words={words} />
        </li>
      ))
    case 'topics':
      return finds.topics?.rows.map((topic) => <FoundTopic key={topic.id} topic={topic} words={words} />)
    case 'companies':
      return finds.companies?.rows.map((company) => <FoundCompany key={company.id} company={company} words={words} />)
  }
}

type Words = { words: (text: string) => ReactNode }

function FoundTopic({ topic, words }: { topic: TopicRow } & Words) {
  const { name, slug, synonyms, community, questionCount } = topic
  return (
    <li className="py-5">
      <h3 className="font-semibold">
        <a className="quiet-link" href={paths.topic(slug)}>
          {words(name)}
        </a>
      </h3>
      <p className="text-sm text-soft">{[community.name, count(questionCount, 'question')].filter(Boolean).join(' • ')}</p>
      {synonyms.length > 0 && <p className="mt-1 text-sm text-soft">Also: {words(synonyms.join(', '))}</p>}
    </li>
  )
}

function FoundCompany({ company, words }: { company: CompanyRow } & Words) {
  return (
    <li className="py-5">
      <h3 className="font-semibold">
        <a className="quiet-link" href={paths.company(company.slug)}>
          {words(company.name)}
        </a>
      </h3>
      <p className="text-sm text-soft">{count(company.mentorCount, 'mentor')}</p>
    </li>
  )
}
