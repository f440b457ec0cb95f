import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FoundOfAll, FoundOfKind, KIND_NAMES } from '#components/search/finds.tsx'
import { SearchForm } from '#components/search/search-form.tsx'
import { Empty } from '#components/ui/columns.tsx'
import { type Finds, search } from '#domain/search/queries.ts'
import { SEARCH_KINDS, searchKind, searchText } from '#domain/search/rules.ts'
import { paths } from '#lib/paths.ts'
import { pageMetadata } from '../page-metadata.ts'

type Given = string | string[] | undefined
type Props = { searchParams: Promise<{ q?: Given; kind?: Given; after?: Given }> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q, kind } = await searchParams
  const query = searchText(q)
  const head = await pageMetadata({
    title: query ? `Search for “${query}”` : 'Search',
    description: 'Questions, answers, mentors and AMAs, found by their words.',
    path: paths.search(query, searchKind(kind)),
  })
  // A page for every word that somebody can think of is none for search engines.
  return { ...head, robots: { index: false, follow: true } }
}

export default async function SearchPage({ searchParams }: Props) {
  const now = new Date()
  const { q, kind: given, after } = await searchParams
  const [query, kind] = [searchText(q), searchKind(given)]
  const finds = (await search(query, kind, after)) ?? notFound()
  const empty = nothing(query, finds)
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight [overflow-wrap:anywhere]">{query ? `Search for “${query}”` : 'Search'}</h1>
      <SearchForm id="search" label="Search for something else" query={query} kind={kind} className="mt-6" />
      {query && (
        <nav
          aria-label="What to look for"
          className="mt-4 flex flex-wrap justify-between gap-x-2 border-b border-line sm:justify-start sm:gap-x-6"
        >
          <KindLink href={paths.search(query)} current={!kind} name="All" />
          {SEARCH_KINDS.map((other) => (
            <KindLink key={other} href={paths.search(query, other)} current={kind === other} name={KIND_NAMES[other]} />
          ))}
        </nav>
      )}
      {empty ? (
        <Empty>{empty}</Empty>
      ) : kind ? (
        <>
          <h2 className="sr-only">{KIND_NAMES[kind]}</h2>
          <FoundOfKind query={query} finds={finds} kind={kind} now={now} />
        </>
      ) : (
        <div className="mt-8">
          <FoundOfAll query={query} finds={finds} now={now} />
        </div>
      )}
    </div>
  )
}

/** Why there is nothing to show, and what helps; null where there is something, or a list that says it. */
function nothing(query: string, finds: Finds): string | null {
  if (!query) return 'Type what you want to know. A few words are enough: “first 90 days”, “pricing a new product”, a mentor’s name.'
  const found = [finds.questions, finds.answers, finds.mentors, finds.amas].some((list) => list?.rows.length)
  if (found) return null
  if (!finds.said) return 'These words are in nearly everything that is written here, or are none. Add one that says what it is about.'
  return 'Nothing was found. Fewer words, or other ones for the same thing, may find it.'
}

function KindLink({ href, current, name }: { href: string; current: boolean; name: string }) {
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-11 items-center border-b-2 border-transparent text-soft aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
    >
      {name}
    </a>
  )
}
