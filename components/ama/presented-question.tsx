import { Html } from '#components/ui/html.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { whoAnswers } from '#domain/answer-lease/rules.ts'
import type { PlacedQuestion, Presented } from '#domain/question/queries.ts'
import { count } from '#lib/count.ts'

type Props = {
  presented: Presented
  /** The names of those who are answering the question. */
  answering: readonly string[] | undefined
  ama: { questionCount: number }
  /** Of the AMA's page, for whoever is in the room. */
  address: string
}

/** One question in large type, what comes next, and the way to the AMA for those who look at it. */
export function PresentedQuestion({ presented, answering, ama, address }: Props) {
  const { current, coming } = presented
  return (
    <div className="grid flex-1 content-start gap-x-[4vw] gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(14rem,20vw)]">
      <section aria-label="The question" data-live-part="current" className="min-w-0">
        {current ? <Current question={current} answering={answering} /> : <Nothing asked={ama.questionCount > 0} />}
      </section>
      <aside aria-label="Ask and read along" className="order-last lg:order-none">
        <div className="max-w-[20vw] min-w-40 [&>svg]:size-auto [&>svg]:w-full">
          <QrCode text={address} says={`A code that leads to ${address}`} />
        </div>
        <p className="present-small mt-3 text-soft">
          Ask and read along at <span className="font-semibold text-ink wrap-anywhere">{address.replace(/^https?:\/\//, '')}</span>
        </p>
      </aside>
      <section aria-labelledby="present-next" data-live-part="next" className="min-w-0 empty:hidden lg:col-span-2">
        {coming.length > 0 && (
          <>
            <h2 id="present-next" className="present-small font-semibold text-soft">
              Next
            </h2>
            <ol className="mt-2 grid gap-y-[0.35em]">
              {coming.map(({ id, number, title }) => (
                <li key={id} className="present-next grid grid-cols-[2.2em_minmax(0,1fr)]">
                  <span className="text-soft tabular-nums">{number}</span>
                  <span>{title}</span>
                </li>
              ))}
            </ol>
          </>
        )}
      </section>
    </div>
  )
}

function Current({ question, answering }: { question: PlacedQuestion; answering: readonly string[] | undefined }) {
  const standing = answering ? whoAnswers(answering) : question.lead ? `Answered by ${question.lead.name}` : null
  return (
    <>
      <p className="present-small flex flex-wrap gap-x-[1.2em] text-soft">
        <span>Question {question.number}</span>
        {question.requestCount > 0 && <span>{count(question.requestCount, 'request')}</span>}
        {standing && (
          <strong className="font-semibold text-warm" data-answering={answering && question.id}>
            {standing}
          </strong>
        )}
      </p>
      <h2 className="present-large mt-[0.25em] font-semibold">{question.title}</h2>
      {question.detailsHtml && <Html className="present-next prose mt-[1em] line-clamp-6 text-soft" html={question.detailsHtml} />}
    </>
  )
}

function Nothing({ asked }: { asked: boolean }) {
  return (
    <h2 className="present-large font-semibold">
      {asked ? 'Every question so far is answered.' : 'Nobody has asked yet. Begin: what do you want to know?'}
    </h2>
  )
}
