import { Clarifications } from '#components/question/clarifications.tsx'
import { Html } from '#components/ui/html.tsx'
import { Age } from '#components/ui/time.tsx'
import type { Answering } from '#domain/answer-draft/queries.ts'
import { type AnswerDone, answerAnchor, paths } from '#lib/paths.ts'

type Props = { answering: Answering; done: string | undefined; now: Date }

/** The question above the field in which it is answered, and what has just been done. */
export function AnsweringHead({ answering, done, now }: Props) {
  const { title, detailsHtml, clarifications, askedAt, community, slug, answer, ama, draft } = answering
  const told = TOLD[done as AnswerDone]
  const link = answer && !answer.hiddenAt ? `${paths.question(slug)}#${answerAnchor(answer.id)}` : paths.question(slug)
  return (
    <div>
      <h1 className="text-[1.5rem] font-semibold leading-[1.25] tracking-[-0.02em] sm:text-[1.9rem]">{title}</h1>
      {detailsHtml && <Html className="prose mt-4" html={detailsHtml} />}
      <Clarifications clarifications={clarifications} now={now} />
      <p className="mt-3 flex flex-wrap items-center gap-x-5 text-[0.95rem] text-soft">
        <span>
          Asked in {community} <span aria-hidden="true">• </span>
          <Age at={askedAt} now={now} />
        </span>
        <a className="text-link inline-flex min-h-11 items-center" href={link}>
          {answer && !answer.hiddenAt ? 'See your answer as everybody does' : 'See the question as everybody does'}
        </a>
      </p>
      {ama?.mentor && (
        <p>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.preparedAnswers(ama.slug)}>
            What you have prepared for this AMA
          </a>
        </p>
      )}
      {draft?.preparedAt && !told && (
        <p className="mt-3">
          {draft.atStart
            ? 'Prepared. It is published when the AMA starts, as it stands then.'
            : 'Prepared. It is published with all that you have prepared.'}
        </p>
      )}
      {told && (
        <p role="status" className="form-message mt-5">
          {told}
        </p>
      )}
    </div>
  )
}

const TOLD: Partial<Record<AnswerDone, string>> = {
  published: 'Published. Everybody can read it now.',
  prepared: 'Prepared. It waits in the list of your AMA, and can still be changed here.',
  changed: 'Changed. What it said before is in the history.',
  point: 'Done. Lists, feeds and link previews show what you chose.',
  'point-gone':
    'Changed. What it said before is in the history. The sentence that was its point is not in it any more, so it has none: choose another one below.',
  image: 'The picture is at the end of your text, which is kept as a draft.',
  joined: 'This was changed somewhere else too, and nothing is published. Both texts are below, one under the other: leave what you want.',
  again: 'You had answered this already, and that answer stays. What you sent is below, as a change of it that is not published.',
  'taken-back':
    'Taken back. Nobody reads it any more, and its words are below, as a draft that only you see. If you had begun to change them, that is below them.',
  'taken-away': 'Taken away from here. Your answer stays where it was given.',
  removed: 'Removed. The history says so, and why.',
}
