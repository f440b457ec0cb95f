import { AmaDate } from '#components/ama/ama-when.tsx'
import type { AmaRow, HostedAma } from '#domain/ama/queries.ts'
import { amaTitle } from '#domain/ama/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

/** An AMA in its hosts' list; of a draft it says who has answered. */
export function HostedRow({ ama, people }: { ama: AmaRow; people?: HostedAma['people'] }) {
  const said = people?.filter(({ standing }) => standing !== 'asked').length ?? 0
  const left = ama.questionCount - ama.answeredCount
  return (
    <li className="py-5">
      <h3 className="font-semibold leading-snug">
        <a className="quiet-link" href={paths.hostedAma(ama.slug)}>
          {amaTitle(ama.mentors, ama.topic.name)}
        </a>
      </h3>
      <p className="mt-1 flex flex-wrap gap-x-5 text-sm text-soft">
        <AmaDate ama={ama} />
        {people && <span>{`${said} of ${people.length} answered the invitation`}</span>}
        {!people && ama.questionCount > 0 && (
          <span>
            {left
              ? `${count(ama.questionCount, 'question')}, ${left.toLocaleString('en-US')} without an answer`
              : `${count(ama.questionCount, 'question')}, all answered`}
          </span>
        )}
      </p>
    </li>
  )
}
