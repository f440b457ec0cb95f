import { AmaRow } from '#components/ama/ama-row.tsx'
import { AnswerRow } from '#components/answer/answer-row.tsx'
import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { QuestionRow } from '#components/question/question-row.tsx'
import { marking } from '#components/search/marked.tsx'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import type { Finds as Found } from '#domain/search/queries.ts'
import type { SearchKind } from '#domain/search/rules.ts'
import { paths } from '#lib/paths.ts'

export const KIND_NAMES: Record<SearchKind, string> = { questions: 'Questions', answers: 'Answers', mentors: 'Mentors', amas: 'AMAs' }

type Props = { query: string; finds: Found; now: Date }

/** What was found of one kind, with the way to more of it. */
export function FoundOfKind({ query, finds, kind, now }: Props & { kind: SearchKind }) {
  const next = finds[kind]?.next
  return (
    <List
      next={next && paths.search(query, kind, next)}
      more={`More ${KIND_NAMES[kind] === 'AMAs' ? 'AMAs' : kind}`}
      empty="Nothing of this kind was found. Fewer words, or other ones for the same thing, may find it."
    >
      {rows(finds, kind, now)}
    </List>
  )
}

/** The first few of each kind of which there is something. */
export function FoundOfAll({ query, finds, now }: Props) {
  const kinds = (['mentors', 'questions', 'answers', 'amas'] as const).filter((kind) => finds[kind]?.rows.length)
  return kinds.map((kind) => (
    <Section
      key={kind}
      heading={KIND_NAMES[kind]}
      aside={
        finds[kind]?.next && (
          <a className="text-link text-sm" href={paths.search(query, kind)}>
            More {kind === 'amas' ? 'AMAs' : kind}
          </a>
        )
      }
    >
      <ul className="divide-y divide-line">{rows(finds, kind, now)}</ul>
    </Section>
  ))
}

function rows({ questions, answers, mentors, amas }: Found, kind: SearchKind, now: Date) {
  if (kind === 'questions' && questions) {
    const words = marking(questions.forms)
    return questions.rows.map((question) => <QuestionRow key={question.id} question={question} now={now} words={words} />)
  }
  if (kind === 'answers' && answers) {
    const words = marking(answers.forms)
    return answers.rows.map((answer) => <AnswerRow key={answer.id} answer={answer} now={now} named words={words} />)
  }
  if (kind === 'amas' && amas) {
    const words = marking(amas.forms)
    return amas.rows.map((ama) => <AmaRow key={ama.id} ama={ama} now={now} words={words} />)
  }
  const words = marking(mentors?.forms ?? new Map())
  return mentors?.rows.map((mentor) => (
    <li key={mentor.id} className="py-5">
      <MentorRow mentor={mentor} words={words} />
    </li>
  ))
}
