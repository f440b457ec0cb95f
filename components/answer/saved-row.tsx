import { roleOrNothing } from '#components/mentor/mentor-row.tsx'
import { Age } from '#components/ui/time.tsx'
import type { SavedAnswer } from '#domain/answer-mark/queries.ts'
import { paths } from '#lib/paths.ts'

/** An answer that one saved: the question, how it begins, whose it is, and the way to let it go. */
export function SavedRow({ answer, now }: { answer: SavedAnswer; now: Date }) {
  const { id, slug, title, excerpt, name, company, role, savedAt } = answer
  return (
    <li className="py-6">
      <h2 className="text-lg font-semibold leading-snug">
        <a className="quiet-link" href={paths.answer(slug, id)}>
          {title}
        </a>
      </h2>
      <p className="mt-2 font-serif leading-relaxed">{excerpt}</p>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 text-sm text-soft">
        <span>
          {[name, roleOrNothing({ company, title: role })].filter(Boolean).join(', ')} <span aria-hidden="true">• </span>
          saved <Age at={savedAt} now={now} /> ago
        </span>
        <form method="post" action={paths.marks('save', id)}>
          <input type="hidden" name="press" value="off" />
          <button type="submit" className="press press-quiet">
            Remove<span className="sr-only">: {title}</span>
          </button>
        </form>
      </div>
    </li>
  )
}
