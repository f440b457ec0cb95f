import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

export function RelatedQuestions({ questions }: { questions: { id: string; slug: string; title: string; answerCount: number }[] }) {
  return (
    <ul className="grid gap-4">
      {questions.map((question) => (
        <li key={question.id}>
          <a className="quiet-link font-medium leading-snug" href={paths.question(question.slug)}>
            {question.title}
          </a>
          <p className="text-sm text-soft">{count(question.answerCount, 'Answer') ?? 'Not answered yet'}</p>
        </li>
      ))}
    </ul>
  )
}
