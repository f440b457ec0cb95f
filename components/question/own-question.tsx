import type { ReactNode } from 'react'
import { ownQuestionState } from '#components/question/own-question-state.ts'
import { HtmlOnce } from '#components/ui/html-once.tsx'
import { Age } from '#components/ui/time.tsx'
import type { OwnQuestion } from '#domain/question/queries.ts'
import { type MyQuestionDone, paths } from '#lib/paths.ts'

type Props = { question: OwnQuestion; done: string | undefined; now: Date }

/** A question for the one who asked it: what it says, where it stands, and what can be done about it. */
export function OwnQuestionView({ question, done, now }: Props) {
  return (
    <>
      {done && (
        <p role="status" className="form-message">
          {doneText(done as MyQuestionDone, question)}
        </p>
      )}
      {question.detailsHtml && <HtmlOnce className="prose" html={question.detailsHtml} />}
      <p className="text-[0.95rem] text-soft">
        {ownQuestionState(question)} <span aria-hidden="true">• </span>
        <Age at={question.askedAt} now={now} />
        {question.askedTo && ` • to ${question.askedTo.name}`}
        {question.showName ? ' • with your name' : ' • without your name'}
      </p>
      {!question.hiddenAt && (
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.question(question.slug)}>
            See it as everybody does
          </a>
        </p>
      )}
    </>
  )
}

function doneText(done: MyQuestionDone, { heldAt, community }: OwnQuestion): ReactNode {
  if (done === 'asked' && heldAt) return `Asked. A host of ${community.name} looks at it before others see it.`
  if (done === 'asked') return 'Asked. Everybody can read it now, and you are the first who wants it answered.'
  return 'Saved.'
}
