import { QuestionRow } from '#components/question/question-row.tsx'
import { SkipForm } from '#components/queue/queue-forms.tsx'
import { amaShortTitle } from '#domain/ama/rules.ts'
import { whoAnswers } from '#domain/answer-lease/rules.ts'
import type { QueueRow as Row } from '#domain/queue/queries.ts'
import { count } from '#lib/count.ts'
import { paths, type QueueWhere } from '#lib/paths.ts'

type Props = { question: Row; where: QueueWhere; canAct: boolean; now: Date }

/** A question of a queue: why it is there, how many an answer helps, and what can be done with it. */
export function QueueRow({ question, where, canAct, now }: Props) {
  const facts = [whoWaits(question), whyHere(question), question.replied && 'The asker has replied to you']
  return (
    <QuestionRow question={question} now={now}>
      {question.others.length > 0 && <strong className="font-semibold text-warm">{whoAnswers(question.others)}</strong>}
      {facts.map((fact) => fact && <span key={fact}>{fact}</span>)}
      {canAct && (
        <div data-queue-tools="" className="mt-2 flex basis-full flex-wrap items-center gap-3">
          <a className="button" href={paths.answerQuestion(question.slug)} data-queue-main="">
            {question.begun ? 'Go on answering' : 'Answer'}
            <span className="sr-only">: {question.title}</span>
          </a>
          <div data-queue-skip="">
            <SkipForm question={question} where={where} />
          </div>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.queued(question.slug, where)} data-queue-more="">
            Something else<span className="sr-only"> with: {question.title}</span>
          </a>
        </div>
      )}
    </QuestionRow>
  )
}

/** "12 people wait, 8 of them for nothing above"; null where nobody does. */
function whoWaits({ waitingCount, helps }: Row): string | null {
  const people = count(waitingCount, 'person')
  if (!people) return null
  const waiting = `${people} ${waitingCount === 1 ? 'waits' : 'wait'}`
  if (helps === undefined || helps === waitingCount) return waiting
  return helps ? `${waiting}, ${helps} of them for nothing above` : `${waiting}, also for something above`
}

export function whyHere({ source, handedBy, ama, community }: Row): string {
  if (handedBy) return `Handed over to you by ${handedBy}`
  if (source === 'me') return `Asked to you in ${community}`
  return ama ? `In ${amaShortTitle(ama.mentors, ama.topic.name)}` : `Open in ${community}`
}
