import type { Facet } from '#domain/hit/queries.ts'
import {
  type Asked,
  type Count,
  NARROWINGS,
  SEARCH_SORTS,
  type SearchKind,
  type SearchSort,
  shownCount,
  writtenAsked,
} from '#domain/search/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = { asked: Asked; kind: SearchKind | undefined; sort: SearchSort }

const SORT_NAMES: Record<SearchSort, string> = { best: 'Closest', newest: 'Newest', read: 'Most read' }
const STATE_NAMES: Record<string, string> = { answered: 'Answered', open: 'Not answered yet' }

/** What the search is narrowed to, each with the way back. */
export function NarrowedTo({ asked, kind, sort }: Props) {
  const named = NARROWINGS.flatMap((by) =>
    asked.narrowed[by].map((value) => ({
      name: `${by}: ${value}`,
      less: { ...asked, narrowed: { ...asked.narrowed, [by]: asked.narrowed[by].filter((other) => other !== value) } },
    })),
  )
  const all = [
    ...named,
    ...(asked.is ? [{ name: STATE_NAMES[asked.is] ?? '', less: { ...asked, is: null } }] : []),
    ...(asked.before ? [{ name: `before ${asked.before}`, less: { ...asked, before: null } }] : []),
  ]
  if (all.length === 0) return null
  return (
    <ul aria-label="Narrowed to" className="mt-4 flex flex-wrap gap-2">
      {all.map(({ name, less }) => (
        <li key={name}>
          <a className={`${CHIP} border-accent`} href={searchHref(less, kind, sort)}>
            {name}
            <span aria-hidden="true">×</span>
            <span className="sr-only">: take it away</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What the hits can be narrowed to, with how many that leaves. */
export function Facets({ asked, kind, sort, facets }: Props & { facets: { rows: Facet[]; atLeast: boolean } }) {
  const free = facets.rows.filter(({ by }) => (by === 'is' ? !asked.is : asked.narrowed[by].length === 0))
  const states = free.filter(({ by }) => by === 'is')
  const groups = [
    { label: 'Communities', rows: free.filter(({ by }) => by === 'community') },
    { label: 'Topics', rows: free.filter(({ by }) => by === 'topic') },
    { label: 'Answered or not', rows: states },
  ].filter(({ rows }) => rows.length > 1)
  if (groups.length === 0) return null
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit cursor-pointer py-2 text-soft hover:text-ink">Narrow it down</summary>
      <div className="grid gap-4 pb-2 pt-1">
        {groups.map(({ label, rows }) => (
          <section key={label} aria-label={label}>
            <h2 className="mb-2 text-soft">{label}</h2>
            <ul className="flex flex-wrap gap-2">
              {rows.map(({ by, slug, name, count }) => (
                <li key={slug}>
                  <a className={`${CHIP} border-line hover:border-edge`} href={searchHref(more(asked, by, slug), kind, sort)}>
                    {by === 'is' ? STATE_NAMES[slug] : name}
                    <span className="text-soft">{shownCount({ count, atLeast: facets.atLeast })}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </details>
  )
}

/** The orders of a list of questions or answers. */
export function Sorts({ asked, kind, sort }: Props) {
  return (
    <nav aria-label="Order" className="mt-4 flex gap-x-5 text-sm">
      {SEARCH_SORTS.map((other) => (
        <a
          key={other}
          href={searchHref(asked, kind, other)}
          aria-current={other === sort ? 'page' : undefined}
          className="flex min-h-9 items-center text-soft hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {SORT_NAMES[other]}
        </a>
      ))}
    </nav>
  )
}

/** The one address of a search. */
export function searchHref(
  asked: Pick<Asked, 'typed' | 'narrowed' | 'is' | 'before'>,
  kind?: SearchKind,
  sort: SearchSort = 'best',
  after?: string,
) {
  return paths.search(writtenAsked(asked), kind, after, sort === 'best' ? undefined : sort)
}

/** A count beside the name of a kind; nothing where there is none. */
export function Hits({ count }: { count: Count | undefined }) {
  return count?.count ? <span className="text-sm font-normal text-soft">{shownCount(count)}</span> : null
}

function more(asked: Asked, by: Facet['by'], slug: string): Asked {
  if (by === 'is') return { ...asked, is: slug === 'open' ? 'open' : 'answered' }
  return { ...asked, narrowed: { ...asked.narrowed, [by]: [slug] } }
}

const CHIP = 'inline-flex min-h-9 items-center gap-2 rounded-full border px-3.5'
