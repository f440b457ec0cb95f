import { RestoreForm } from '#components/queue/queue-forms.tsx'
import type { QueuePart } from '#components/queue/queue-parts.tsx'
import type { findSetAside } from '#domain/queue/queries.ts'
import { canPutBack } from '#domain/queue/rules.ts'
import { fullDate } from '#lib/time.ts'

type SetAside = NonNullable<Awaited<ReturnType<typeof findSetAside>>>

/** What was just done with a question, and the way back where nobody was told of it. */
export function QueueDone({ done, setAside, where: { from, order } }: { done: string; setAside: SetAside | null; where: QueuePart }) {
  const where = { from, order }
  if (done === 'place') {
    return (
      <p role="status" className="form-message mt-6">
        Your earlier answer stands there now, and whoever waited has it.
      </p>
    )
  }
  // An address that was kept says something that is no longer so.
  if (done !== 'restore' && setAside?.act !== done) return null
  if (!setAside) {
    return (
      <p role="status" className="form-message mt-6">
        It is back in your queue.
      </p>
    )
  }
  const { question, act } = setAside
  return (
    <div className="mt-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3" data-queue-undo="">
      <p role="status" className="form-message">
        {doneText(setAside)}
      </p>
      {canPutBack({ act }) && (
        <RestoreForm question={{ ...question, slug: '' }} where={where}>
          Undo
        </RestoreForm>
      )}
    </div>
  )
}

function doneText({ act, until, member, to, question: { title } }: SetAside): string {
  if (act === 'defer') return `Put off until ${until ? fullDate(until, member.timeZone ?? 'UTC') : 'later'}: ${title}`
  if (act === 'decline') return `Declined, and the asker reads why: ${title}`
  if (act === 'hand-over') return `Handed over to ${to?.name ?? 'another mentor'}: ${title}`
  if (act === 'ask-back') return `The asker is asked: ${title}`
  return `Skipped: ${title}`
}
