import { NARROWINGS } from '#domain/search/rules.ts'

const NAMES = { community: 'Community', topic: 'Topic', mentor: 'Mentor', company: 'Company' }

/** What operators say, as fields of the search's form: they are added to what is typed. */
export function NarrowFields() {
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit cursor-pointer py-2 text-soft hover:text-ink">More fields</summary>
      <div className="grid gap-4 pb-2 pt-1 sm:grid-cols-2">
        {NARROWINGS.map((name) => (
          <label key={name} className="grid gap-1">
            {NAMES[name]}
            <input name={name} className="field" maxLength={120} autoComplete="off" />
          </label>
        ))}
        <label className="grid gap-1">
          Answered or not
          <select name="is" className="field" defaultValue="">
            <option value="">All</option>
            <option value="answered">Answered</option>
            <option value="open">Not answered yet</option>
          </select>
        </label>
        <label className="grid gap-1">
          Before
          <input name="before" type="date" className="field" />
        </label>
        <p className="text-soft sm:col-span-2">
          In the field above the same is written as{' '}
          <code>{'"exact words" -without topic:"job interviews" community:engineering mentor:ada company:acme is:open before:2026'}</code>.
        </p>
      </div>
    </details>
  )
}
