import { parse, stringify } from 'devalue'
import type { GetServerSideProps } from 'next'
import type { ReactNode } from 'react'
import { FoundOfAll, FoundOfKind, KIND_NAMES } from '#components/search/finds.tsx'
import { NarrowFields } from '#components/search/narrow-fields.tsx'
import { Facets, Hits, NarrowedTo, Sorts, searchHref } from '#components/search/narrowing.tsx'
import { SearchForm } from '#components/search/search-form.tsx'
import { Frame } from '#components/site/frame.tsx'
import { Empty } from '#components/ui/columns.tsx'
import { SIFTED } from '#domain/condition/rules.ts'
import { type Finds, search } from '#domain/search/queries.ts'
import {
  type Asked,
  type Count,
  readAsked,
  SEARCH_KINDS,
  type SearchKind,
  type SearchSort,
  searchKind,
  searchSort,
  withFields,
  writtenAsked,
} from '#domain/search/rules.ts'
import { getSite, type SiteShown } from '#domain/site/queries.ts'
import { thousands } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'
import { PageHead } from '../app/page-head.tsx'
import { pageMetadata } from '../app/page-metadata.ts'

/** Fields of the form that are no words of the query. */
const FIELDS = ['community', 'topic', 'mentor', 'company', 'is', 'before'] as const

type Props = { asked: Asked; kind: SearchKind | undefined; sort: SearchSort; finds: Finds; now: Date }
type Loaded = Props & { site: SiteShown; head: Awaited<ReturnType<typeof headOf>> }

// server.ts takes what React runs out of every public page; here it is not made. While developing Next makes it anyhow.
export const config = { unstable_runtimeJS: false }

export const getServerSideProps: GetServerSideProps<{ loaded: string }> = async ({ query: given }) => {
  const [asked, kind, sort] = [readAsked(given.q), searchKind(given.kind), searchSort(given.sort)]
  // What a form says in fields is a part of the query, so that a search has one address.
  if (FIELDS.some((field) => given[field] !== undefined))
    return { redirect: { destination: searchHref(withFields(asked, given), kind, sort), permanent: true } }
  const [site, head, finds] = await Promise.all([getSite(), headOf(asked, kind, sort), search(asked, kind, given.after, sort)])
  if (!finds) return { notFound: true }
  // Next takes no dates and no maps.
  return { props: { loaded: stringify({ asked, kind, sort, finds, now: new Date(), site, head } satisfies Loaded) } }
}

async function headOf(asked: Asked, kind: SearchKind | undefined, sort: SearchSort) {
  const query = writtenAsked(asked)
  const head = await pageMetadata({
    title: query ? `Search for “${query}”` : 'Search',
    description: 'Questions, answers, mentors, AMAs, topics and companies, found by their words.',
    path: searchHref(asked, kind, sort),
  })
  // A page for every word that somebody can think of is none for search engines.
  return query ? { ...head, robots: { index: false, follow: true } } : head
}

export default function SearchPage({ loaded }: { loaded: string }) {
  const { site, head, ...props }: Loaded = parse(loaded)
  return (
    <>
      <PageHead head={head} />
      <Frame site={site} viewer={null}>
        <Search {...props} />
      </Frame>
    </>
  )
}

function Search({ asked, kind, sort, finds, now }: Props) {
  const query = writtenAsked(asked)
  const found = kind ? Boolean(finds[kind]?.rows.length) : SEARCH_KINDS.some((each) => finds[each]?.rows.length)
  const ordered = kind === 'questions' || kind === 'answers'
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight [overflow-wrap:anywhere]">{query ? `Search for “${query}”` : 'Search'}</h1>
      <SearchForm
        id="search"
        label="Search for something else"
        query={query}
        kind={kind}
        sort={sort === 'best' ? undefined : sort}
        className="mt-6"
      >
        <NarrowFields />
      </SearchForm>
      {query && (
        <nav aria-label="What to look for" className="mt-4 flex gap-x-5 overflow-x-auto border-b border-line sm:gap-x-6">
          <KindLink href={searchHref(asked)} current={!kind} name="All" />
          {SEARCH_KINDS.map((other) => (
            <KindLink
              key={other}
              href={searchHref(asked, other)}
              current={kind === other}
              name={KIND_NAMES[other]}
              count={finds.counts[other]}
            />
          ))}
        </nav>
      )}
      <NarrowedTo asked={asked} kind={kind} sort={sort} />
      <Notes finds={finds} found={found} />
      {ordered && found && <Facets asked={asked} kind={kind} sort={sort} facets={finds.facets} />}
      {ordered && found && <Sorts asked={asked} kind={kind} sort={sort} />}
      {kind && found ? (
        <>
          <h2 className="sr-only">{KIND_NAMES[kind]}</h2>
          <FoundOfKind asked={asked} finds={finds} kind={kind} sort={sort} now={now} empty={<Nothing query={query} finds={finds} />} />
        </>
      ) : found ? (
        <div className="mt-8">
          <FoundOfAll asked={asked} finds={finds} now={now} />
        </div>
      ) : (
        <Empty>
          <Nothing query={query} finds={finds} />
        </Empty>
      )}
    </div>
  )
}

/** What was made of the query, where that is not what it says. */
function Notes({ finds: { misread, instead, said, whole, cut }, found }: { finds: Finds; found: boolean }) {
  const notes: ReactNode[] = [
    ...misread,
    ...(instead ? [`Nobody has written all of these words. This is what there is for “${instead}”.`] : []),
    ...(said && found && !whole ? [`${cut ? IN_PART : 'Nothing has all of these words.'} This has some of them.`] : []),
  ]
  if (notes.length === 0) return null
  return (
    <ul aria-label="About this search" className="mt-4 grid gap-1 text-sm text-soft [overflow-wrap:anywhere]">
      {notes.map((note) => (
        <li key={`${note}`}>{note}</li>
      ))}
    </ul>
  )
}

/** Phrases and what is not wanted are looked for in each text by itself. */
const IN_PART = `So many have these words that only the ${thousands(SIFTED)} that come first were looked through for the rest, and none of those has it all.`

/** Why there is nothing to show, and what helps. */
function Nothing({ query, finds }: { query: string; finds: Finds }) {
  if (!query) return 'Type what you want to know. A few words are enough: “first 90 days”, “pricing a new product”, a mentor’s name.'
  if (!finds.said) return 'These words are in nearly everything that is written here, or are none. Add one that says what it is about.'
  return (
    <>
      {finds.cut ? IN_PART : 'Nothing was found.'} Fewer words, or other ones for the same thing, may find it. If nobody has asked it yet,{' '}
      <a className="text-link" href={paths.ask()}>
        ask it
      </a>
      ; or look around in the topics of{' '}
      <a className="text-link" href={paths.communities()}>
        a community
      </a>
      .
    </>
  )
}

function KindLink({ href, current, name, count }: { href: string; current: boolean; name: string; count?: Count | undefined }) {
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-11 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-soft aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
    >
      {name}
      <Hits count={count} />
    </a>
  )
}
