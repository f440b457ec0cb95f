import { paths } from '#lib/paths.ts'

/** Leads those who may answer to where they do; components/enhance/viewer.ts shows it to them, and nobody else. */
export function AnswerLink({ question: { id, slug, title } }: { question: { id: string; slug: string; title: string } }) {
  return (
    <a hidden className="press" href={paths.answerQuestion(slug)} data-may={`answer:${id}`} data-no-print="">
      <span data-unpressed="">Answer</span>
      <span data-pressed="" hidden>
        Your answer
      </span>
      <span className="sr-only">: {title}</span>
    </a>
  )
}
