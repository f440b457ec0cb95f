import { Clarifications } from '#components/question/clarifications.tsx'
import { ClarifyForm, EditQuestionForm, ShowNameForm, WithdrawForm } from '#components/question/own-question-forms.tsx'
import { ownQuestionState } from '#components/question/own-question-state.ts'
import { Section } from '#components/ui/columns.tsx'
import { Html } from '#components/ui/html.tsx'
import { Age } from '#components/ui/time.tsx'
import type { OwnQuestion } from '#domain/question/queries.ts'
import { canClarify, canEdit, canWithdraw, sentKey } from '#domain/question/rules.ts'
import { type MyQuestionDone, paths } from '#lib/paths.ts'

type Props = { question: OwnQuestion; done: string | undefined; now: Date }

/** A question for the one who asked it: what it says, where it stands, and what can be done about it. */
export function OwnQuestionView({ question, done, now }: Props) {
  return (
    <>
      {done === 'asked' && question.askKey && <div hidden data-asked={sentKey(question.askKey)} data-title={question.title} />}
      {done && (
        <p role="status" className="form-message">
          {doneText(done as MyQuestionDone, question)}
        </p>
      )}
      {(question.detailsHtml || question.clarifications.length > 0) && (
        <div>
          {question.detailsHtml && <Html className="prose" html={question.detailsHtml} />}
          <Clarifications clarifications={question.clarifications} now={now} />
        </div>
      )}
      <Standing question={question} now={now} />
      <FromMentors question={question} />
      <div>
        {canEdit(question) ? (
          <Section heading="Change it">
            <p className="pb-5 pt-3 text-soft">Until somebody else wants it answered, or answers it.</p>
            <EditQuestionForm question={question} />
          </Section>
        ) : (
          <EditQuestionForm question={question} late />
        )}
        {canClarify(question) && (
          <Section heading="Add to it">
            <div className="pt-5">
              <ClarifyForm question={question} />
            </div>
          </Section>
        )}
        <Section heading="Your name">
          <div className="pt-3">
            <ShowNameForm question={question} />
          </div>
        </Section>
        {canWithdraw(question) && (
          <Section heading="Withdraw it">
            <div className="pt-3">
              <WithdrawForm question={question} />
            </div>
          </Section>
        )}
      </div>
    </>
  )
}

function Standing({ question, now }: { question: OwnQuestion; now: Date }) {
  const { heldAt, returnedAt, returnReason, hiddenAt, askedTo, community, slug } = question
  return (
    <div className="grid gap-2">
      <p className="text-[0.95rem] text-soft">
        {ownQuestionState(question)} <span aria-hidden="true">• </span>
        <Age at={question.askedAt} now={now} />
        {askedTo && ` • to ${askedTo.name}`}
        {question.showName ? ' • with your name' : ' • without your name'}
      </p>
      {returnedAt && (
        <p>
          A host of {community.name} gave it back: <q>{returnReason}</q> Change it, and it is looked at again.
        </p>
      )}
      {heldAt && <p>Nobody but you and the hosts of {community.name} sees it.</p>}
      {!hiddenAt && (
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.question(slug)}>
            See it as everybody does
          </a>
        </p>
      )}
    </div>
  )
}

/** What mentors want to know, until it was replied to, and why one will not answer. Only the asker reads it. */
function FromMentors({ question: { setAside, revisedAt } }: { question: OwnQuestion }) {
  const said = setAside.filter(({ act, setAsideAt }) => act === 'decline' || revisedAt === null || revisedAt <= setAsideAt)
  if (said.length === 0) return null
  return (
    <ul className="grid gap-3">
      {said.map(({ act, words, member }) => (
        <li key={member.id}>
          {member.name} {act === 'decline' ? 'will not answer it:' : 'asks you:'} <q>{words}</q>
          {act === 'ask-back' && ' Change the question or add to it below, and it is back before them.'}
        </li>
      ))}
    </ul>
  )
}

function doneText(done: MyQuestionDone, { heldAt, community, clarifications }: OwnQuestion): string {
  const waits = clarifications.at(-1)?.heldAt
  if (done === 'added') return waits ? `Added. A host of ${community.name} looks at it before others see it.` : 'Added.'
  if (done === 'saved') return heldAt ? `Saved. A host of ${community.name} looks at it before others see it.` : 'Saved.'
  if (heldAt) return `Asked. A host of ${community.name} looks at it before others see it.`
  return 'Asked. Everybody can read it now, and you are the first who wants it answered.'
}
