import { paths } from '#lib/paths.ts'

type Props = { slug: string; query: string; found: number; more: boolean }

/** A field that searches one AMA, and what it found. */
export function AmaSearch({ slug, query, found, more }: Props) {
  return (
    <div className="mt-6" data-no-print="">
      <search aria-label="Search this AMA">
        <form action={paths.ama(slug)} className="flex flex-wrap items-center gap-3">
          <label htmlFor="ama-search" className="sr-only">
            Search this AMA
          </label>
          <input
            id="ama-search"
            type="search"
            name="q"
            defaultValue={query}
            maxLength={300}
            placeholder="Search this AMA"
            autoComplete="off"
            enterKeyHint="search"
            className="field max-w-80 min-w-0 flex-1"
          />
          <button type="submit" className="button button-quiet">
            Search
          </button>
        </form>
      </search>
      {query && (
        <p className="mt-4 flex flex-wrap items-center gap-x-5">
          <span role="status">
            {found > 0 && `${more ? 'At least ' : ''}${found} ${found === 1 ? 'question' : 'questions'} with `}
            {found === 0 && 'No question with '}“{query}”
          </span>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.ama(slug)}>
            All questions
          </a>
        </p>
      )}
    </div>
  )
}
