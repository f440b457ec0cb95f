import type { ReactNode } from 'react'
import { paths } from '#lib/paths.ts'

/** Characters that a search looks at (domain/search/rules.ts). */
const QUERY_LENGTH = 300

type Props = {
  id: string
  label: string
  query?: string
  kind?: string | undefined
  sort?: string | undefined
  className?: string
  children?: ReactNode
}

/** A field that leads to the search page, in the header and on that page itself. */
export function SearchForm({ id, label, query, kind, sort, className = '', children }: Props) {
  return (
    <search aria-label={label} className={`min-w-0 ${className}`}>
      <form action={paths.search()}>
        <div className="relative flex">
          <label htmlFor={id} className="sr-only">
            {label}
          </label>
          <input
            id={id}
            type="search"
            name="q"
            defaultValue={query}
            maxLength={QUERY_LENGTH}
            placeholder="Search"
            autoComplete="off"
            data-suggest=""
            enterKeyHint="search"
            className="field min-w-0 pr-11"
          />
          <button
            type="submit"
            className="absolute inset-y-0 right-0 flex w-11 cursor-pointer items-center justify-center rounded-e-[0.6rem] text-soft hover:text-ink"
          >
            <span className="sr-only">Search</span>
            <svg
              aria-hidden="true"
              viewBox="0 0 20 20"
              className="size-5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeLinecap="round"
            >
              <circle cx="8.75" cy="8.75" r="5.5" />
              <path d="m13 13 4 4" />
            </svg>
          </button>
        </div>
        {kind && <input type="hidden" name="kind" value={kind} />}
        {sort && <input type="hidden" name="sort" value={sort} />}
        {children}
      </form>
    </search>
  )
}
