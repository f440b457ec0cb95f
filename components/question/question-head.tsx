import { AnswerLink } from '#components/answer/answer-link.tsx'
import { FollowButton } from '#components/follow/follow-button.tsx'
import { Clarifications } from '#components/question/clarifications.tsx'
import { RequestButton } from '#components/question/request-button.tsx'
import { Requests } from '#components/question/requests.tsx'
import { ReportLink } from '#components/report/report-link.tsx'
import { Html } from '#components/ui/html.tsx'
import { Age } from '#components/ui/time.tsx'
import { amaShortTitle } from '#domain/ama/rules.ts'
import type { QuestionView } from '#domain/question/queries.ts'
import { paths } from '#lib/paths.ts'

/** The top of a question's page: title, details, where and when it was asked, requests. */
export function QuestionHead({ question, now }: { question: QuestionView; now: Date }) {
  const { ama } = question
  return (
    <div>
      <h1 className="text-[1.65rem] font-semibold leading-[1.2] tracking-[-0.02em] sm:text-[2.1rem]">{question.title}</h1>
      {question.detailsHtml && <Html className="prose mt-5 text-[1.05rem]" html={question.detailsHtml} />}
      <Clarifications clarifications={question.clarifications} now={now} />
      <div className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-2 text-[0.95rem] text-soft">
        {(!question.closedAt || question.answerCount > 0) && <RequestButton question={question} />}
        <FollowButton thing="question" of={{ id: question.id, slug: question.slug, name: question.title }} quiet />
        <Requests question={question} />
        <p>
          {question.sentInAt ? 'Sent in' : 'Asked'} {question.askedBy && `by ${question.askedBy} `}
          {ama && (
            <>
              {question.sentInAt ? 'to' : 'in'} the AMA{' '}
              <a className="text-link" href={paths.ama(ama.slug)}>
                {amaShortTitle(ama.mentors, ama.topic.name)}
              </a>{' '}
            </>
          )}
          {question.askedTo && (
            <>
              to{' '}
              <a className="text-link" href={paths.mentor(question.askedTo.handle)}>
                {question.askedTo.name}
              </a>{' '}
            </>
          )}
          <span aria-hidden="true">• </span>
          <Age at={question.askedAt} now={now} />
        </p>
        <ReportLink thing="question" id={question.id} of="this question" />
        <AnswerLink question={question} />
      </div>
    </div>
  )
}
