import { whoAnswers } from '#domain/answer-lease/rules.ts'

type Props = { slug: string; others: string[] }

/**
 * Who else is answering a question, on the page on which one answers it: a warning, since both answers are welcome.
 * components/answer/while-at-it.ts says that this person does, and goes on telling who else.
 */
export function WhoAnswers({ slug, others }: Props) {
  const words = whoAnswers(others)
  return (
    // Anew where the server says something else: what a script has put in is not React's to change.
    <div key={words} role="status" data-at-it={slug}>
      {words && <p className="form-message">{atItText(words)}</p>}
    </div>
  )
}

/** "Ana is answering this. You can too: readers see both answers." */
export function atItText(words: string): string {
  return `${words}. You can too: readers see every answer.`
}
