import type { ReactNode } from 'react'
import { Clarifications } from '#components/question/clarifications.tsx'
import { AskBackForm, DeclineForm, DeferForm, HandOverForm, PlaceForm, RestoreForm, SkipForm } from '#components/queue/queue-forms.tsx'
import { QueueKeys } from '#components/queue/queue-keys.tsx'
import { actNames } from '#components/queue/queue-parts.tsx'
import { whyHere } from '#components/queue/queue-row.tsx'
import { Section } from '#components/ui/columns.tsx'
import { Html } from '#components/ui/html.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { Age } from '#components/ui/time.tsx'
import type { Colleague, Queued } from '#domain/queue/queries.ts'
import { canDecline, canPutBack } from '#domain/queue/rules.ts'
import type { OwnAlike } from '#domain/similar/queries.ts'
import { count } from '#lib/count.ts'
import { paths, type QueueWhere } from '#lib/paths.ts'

type Props = { question: Queued; colleagues: Colleague[]; earlier: OwnAlike[]; where: QueueWhere; now: Date }

/** A question whole, with all that its mentor can do besides answering it. */
export function QueuedView({ question, colleagues, earlier, where, now }: Props) {
  const { slug, title, detailsHtml, clarifications, act, elsewhere, askedBy, waitingCount } = question
  const people = count(waitingCount, 'person')
  const told = act !== null && !canPutBack({ act })
  return (
    <NarrowPage heading={title}>
      <div data-queue-whole="">
        {detailsHtml && <Html className="prose" html={detailsHtml} />}
        <Clarifications clarifications={clarifications} now={now} />
        <p className="mt-4 text-[0.95rem] text-soft">
          {whyHere(question)}
          {askedBy && ` • asked by ${askedBy}`}
          {people && ` • ${people} ${waitingCount === 1 ? 'waits' : 'wait'}`} <span aria-hidden="true">• </span>
          <Age at={question.askedAt} now={now} />
        </p>
        <div className="mt-5 flex flex-wrap items-center gap-3">
          {!elsewhere && (
            <a className="button" href={paths.answerQuestion(slug)}>
              {question.begun ? 'Go on answering' : 'Answer'}
            </a>
          )}
          {act !== 'skip' && !told && (
            <div data-queue-skip="">
              <SkipForm question={question} where={where} />
            </div>
          )}
          {act && canPutBack({ act }) && (
            <RestoreForm question={question} where={where}>
              Put it back
            </RestoreForm>
          )}
          <a className="text-link inline-flex min-h-11 items-center" href={paths.queue(where)}>
            To your queue
          </a>
          <QueueKeys />
        </div>
        {act && <p className="mt-3 text-soft">{actNames[act]}: it is not in your queue now.</p>}
      </div>
      {!elsewhere && <OtherWays {...{ question, colleagues, earlier, where, told }} />}
    </NarrowPage>
  )
}

/** What its mentor can do with it besides answering. */
function OtherWays({ question, colleagues, earlier, where, told }: Omit<Props, 'now'> & { told: boolean }) {
  const { source } = question
  return (
    <div>
      {earlier.length > 0 && (
        <Part id="place" heading="Place an earlier answer">
          <PlaceForm question={question} where={where} earlier={earlier} />
        </Part>
      )}
      {!told && (
        <Part id="defer" heading="Put it off">
          <DeferForm question={question} where={where} />
        </Part>
      )}
      <Part id="ask-back" heading="Ask for details">
        <AskBackForm question={question} where={where} />
      </Part>
      {colleagues.length > 0 && (
        <Part id="hand-over" heading="Hand it over">
          <HandOverForm question={question} where={where} colleagues={colleagues} />
        </Part>
      )}
      {canDecline({ source }) && (
        <Part id="decline" heading="Decline it">
          <DeclineForm
            question={question}
            where={where}
            hint={
              source === 'me'
                ? 'The asker reads it, with your name. The question goes to the other mentors of the community.'
                : 'The asker reads it, with your name. The question stays in the AMA for the others.'
            }
          />
        </Part>
      )}
    </div>
  )
}

function Part({ id, heading, children }: { id: string; heading: string; children: ReactNode }) {
  return (
    <div id={id} className="mt-10 first:mt-0">
      <Section heading={heading}>
        <div className="pt-4">{children}</div>
      </Section>
    </div>
  )
}
