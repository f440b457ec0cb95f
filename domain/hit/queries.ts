import { z } from 'zod'
import { BY_TOPIC, conditionsOf, fitOf, narrowing, scoreOf, siftsOf, wholeFit } from '#domain/condition/queries.ts'
import {
  firstWindow,
  GLANCE,
  isEnough,
  isSample,
  isStillTooMuch,
  isTooMuch,
  PUT_IN_ORDER,
  SAMPLE_TELLS,
  SIFTED,
  type Wanted,
  type Window,
  widerWindow,
} from '#domain/condition/rules.ts'
import { COUNTED, type Count, SEARCH_KINDS, type SearchKind, type SearchSort } from '#domain/search/rules.ts'
import { fromTier, type Kind, type Marked, matches, TABLES } from '#domain/words/queries.ts'
import { type Candidates, candidateQueries, quoted, TIER_INDEXES, tierWord, wordsOf } from '#domain/words/rules.ts'
import { decodeCursor, type Page, pageOf } from '#lib/cursor.ts'
import { fixed, Prisma, readRows, VARIED } from '#lib/db.ts'

/** What hits can be narrowed to, the most frequent first; `slug` is what an operator of that name takes. */
export type Facet = { by: 'community' | 'topic' | 'is'; slug: string; name: string; count: number }

export type Hit = { id: string; score: number }

/**
 * What was found of a kind. `whole`: something has all of the words. `cut`: rows had to be looked at one by one, and there are
 * more than were. `facets`: of the kind that is asked for; where `atLeast`, each may have more.
 */
export type Hits = { page: Page<Hit>; count: Count; whole: boolean; cut: boolean; facets: { rows: Facet[]; atLeast: boolean } }

/** `few`: the ids where there are few. `looked`: rows that were looked at, of which those are hits that nothing sifts out. */
type Look = Hits & { few: string[]; looked: number }

/** `held`: how many of those there were, however many are counted. */
type Looked = Look & { held: number }

/**
 * Rows with some of the words that are gone through at most, by how many of the rarest words they are looked for, and in how many
 * rows the rarest of a few may stand (of more, only the most read are looked for); less where only the first few are shown.
 */
const GONE_THROUGH = { all: 120, each: 60, lookedAt: 300, words: 4, listed: 10_000 }
const GLANCED_THROUGH = { all: 60, each: 30, lookedAt: 150, words: 3, listed: 2_500 }
/** How much of the query a row has to have of what the closest has. */
const FITTING = 0.34
/** Where fewer rows than this have all of the words, those that have most of them are shown as well. */
const FEW = 10

/** Sort keys of a hit. */
const Keys = z.tuple([z.number().int(), z.uuid()])

/** Whether a cursor is one of a list of hits; there need be none. */
export function isCursor(after: string | string[] | undefined): boolean {
  return decodeCursor(Keys, after) !== null
}

/**
 * What each kind has with all of the words. Where none has, and of the kind that is asked for, what has some of them or a name
 * that is spelt nearly so is shown too.
 */
export async function hitsOfKinds(wanted: Map<SearchKind, Wanted>): Promise<Map<SearchKind, Hits>> {
  const [questions, answers, names] = [wanted.get('questions'), wanted.get('answers'), NAMED.filter((each) => wanted.has(each))]
  const [ofQuestions, ofAnswers, ofNames] = await Promise.all([
    questions && readHits('Question', questions),
    answers && readHits('Answer', answers),
    namedHits(names, wanted, 'every'),
  ])
  const hits = new Map<SearchKind, Look>(ofNames)
  if (ofQuestions) hits.set('questions', ofQuestions)
  if (ofAnswers) hits.set('answers', ofAnswers)
  const whole = [...hits.values()].some((each) => each.whole)
  const isLittle = (each: SearchKind) => (wanted.get(each)?.listed || !whole) && (hits.get(each)?.count.count ?? 0) < FEW
  const [moreQuestions, moreAnswers, moreNames] = await Promise.all([
    questions && ofQuestions && isLittle('questions') ? withPartly('Question', questions, ofQuestions) : ofQuestions,
    answers && ofAnswers && isLittle('answers') ? withPartly('Answer', answers, ofAnswers) : ofAnswers,
    namedHits(names.filter(isLittle), wanted, 'near'),
  ])
  return new Map<SearchKind, Hits>([
    ...hits,
    ...moreNames,
    ...(moreQuestions ? [['questions', moreQuestions] as const] : []),
    ...(moreAnswers ? [['answers', moreAnswers] as const] : []),
  ])
}

/**
 * Questions or answers with all of the words. Where statistics say that very many have them, those in a window are looked at
 * first, which are read most or are newest, whichever the order asks for; each look says how much wider the next one has to be.
 */
async function readHits(kind: Marked, wanted: Wanted): Promise<Look> {
  let window = firstWindow(wanted)
  let hits = await lookAt(kind, wanted, window, isTooMuch(wanted))
  let isShown = false
  while (window && !hits.cut && !isEnough(wanted, window, hits.held)) {
    const tooMuch = isStillTooMuch(wanted, window, hits.looked)
    // The first of so many are shown already; how many there are is still to be counted.
    isShown ||= !wanted.listed && hits.held >= GLANCE
    window = widerWindow(wanted, window, hits)
    const wider: Looked = await lookAt(kind, isShown ? { ...wanted, size: 0 } : wanted, window, tooMuch)
    hits = isShown ? withCount(hits, wider) : wider
  }
  // What is not in the window is as much again as the window says.
  return window && isEnough(wanted, window, hits.held) ? { ...hits, count: { count: COUNTED, atLeast: true } } : hits
}

/**
 * All of a window, or of the whole table, put in order; of what is looked at one by one, what the order puts first. `tooMuch`: the
 * table may have more than is put in order.
 */
async function lookAt(kind: Marked, wanted: Wanted, window: Window | null, tooMuch: boolean): Promise<Looked> {
  const { sort, size } = wanted
  const conditions = conditionsOf(kind, wanted, window)
  if (conditions.length === 0) return { ...hitsIn(undefined, wanted), few: [], looked: 0, held: 0 }
  const sifts = siftsOf(kind, wanted)
  const score = size ? scoreOf(kind, sort, wholeFit(kind, wanted)) : Prisma.sql`0::float8`
  const marks = isFaceted(wanted) ? FIRST_MARKS : Prisma.empty
  // What is only counted needs no order.
  const upper = size > 0 && !window && tooMuch
  const counted = isSample(window) ? SAMPLE_TELLS : COUNTED + 1
  const rows = (columns: Prisma.Sql) => rowsWith(kind, conditions, columns, upper ? sort : null, size ? PUT_IN_ORDER : counted)
  // An order that looks at the question or answer itself does so for what is put in order, and not for all of the table.
  const scored = (from: Prisma.Sql) => Prisma.sql`SELECT w.id, ${marks} ${score} AS score FROM ${from} w`
  const hits = sifts.length
    ? Prisma.sql`
        looked AS MATERIALIZED (${siftedRows(kind, wanted, conditions, upper)}),
        hits AS MATERIALIZED (${scored(Prisma.sql`looked`)} ${sifted(sifts)})`
    : Prisma.sql`hits AS MATERIALIZED (${sort === 'best' ? rows(Prisma.sql`${marks} ${score} AS score`) : scored(Prisma.sql`(${rows(Prisma.sql`w.marks`)})`)})`
  const [row] = await readRows<Row & { few: string[] | null; looked: number | null }>`
    ${VARIED} WITH ${hits}
    SELECT ${foundOf(wanted)}, ${sifts.length ? Prisma.sql`(SELECT count(*)::int FROM looked)` : Prisma.sql`NULL::int`} AS looked,
      (SELECT array_agg(id) FROM (SELECT id FROM hits LIMIT ${fixed(FEW)}) few) AS few`
  const held = row?.found ?? 0
  const looked = row?.looked ?? held
  return { ...hitsIn(row, wanted, sifts.length > 0 && looked >= SIFTED), whole: held > 0, few: row?.few ?? [], looked, held }
}

/** As many rows `w` of what is looked at one by one as are looked at: those that the order puts first. */
function siftedRows(kind: Marked, { sort, size }: Wanted, conditions: Prisma.Sql[], upper: boolean): Prisma.Sql {
  const columns = Prisma.sql`tier, words, marks`
  if (size === 0) return rowsWith(kind, conditions, columns, null, SIFTED)
  const first = sort === 'newest' ? scoreOf(kind, sort, Prisma.sql`0`) : Prisma.sql`w.tier`
  const rows = rowsWith(kind, conditions, columns, upper ? sort : null, PUT_IN_ORDER)
  return Prisma.sql`SELECT * FROM (${rows}) w ORDER BY ${first} DESC, id DESC LIMIT ${fixed(SIFTED)}`
}

/**
 * Rows with these conditions, at most so many; `upper`: of more than those the ones that are read most, or are newest, as this order
 * wants it. Columns are made before rows are put in order, so that a row's words need not be kept until then.
 */
function rowsWith(kind: Marked, conditions: Prisma.Sql[], columns: Prisma.Sql, upper: SearchSort | null, atMost: number): Prisma.Sql {
  const { table, id } = TABLES[kind]
  const from = Prisma.sql`FROM ${table} w WHERE ${Prisma.join(conditions, ' AND ')}`
  if (!upper) return Prisma.sql`SELECT ${id} AS id, ${columns} ${from} LIMIT ${fixed(atMost)}`
  const place = upper === 'newest' ? MONTH : Prisma.sql`w.tier`
  return Prisma.sql`SELECT * FROM (SELECT ${id} AS id, ${columns}, ${place} AS place ${from} OFFSET 0) w ORDER BY place DESC LIMIT ${fixed(atMost)}`
}

/** What was shown of a part, with the number of all: of rows that are looked at one by one, other ones may have been looked at. */
function withCount(shown: Looked, counted: Looked): Looked {
  const atLeast = counted.count.atLeast || counted.count.count < shown.count.count
  const count = { count: Math.max(counted.count.count, shown.count.count), atLeast }
  return { ...counted, page: shown.page, whole: shown.whole, few: shown.few, count }
}

/** The month in which a row `w` is new, by its mark. */
const MONTH = Prisma.sql`(SELECT max(mark) FROM unnest(w.marks) mark WHERE mark LIKE 'month %')`

/** What a look found, and what has some of the words: as many as a few pages show, the closest first. */
async function withPartly(kind: Marked, wanted: Wanted, found: Look): Promise<Hits> {
  if (wanted.query.terms.length < 2) return found
  const { table, id } = TABLES[kind]
  const { terms, statistics } = wanted.query
  const bound = wanted.listed ? GONE_THROUGH : GLANCED_THROUGH
  const rarest = terms.slice(0, bound.words)
  // What has all of the words is found already.
  const candidates = candidateQueries(rarest, statistics, 0, bound.listed).slice(rarest.length === terms.length ? 1 : 0)
  const conditions = [Prisma.sql`${id} = c.id`, ...narrowing(kind, wanted)]
  const hasAll = Prisma.sql`w.id = ANY((SELECT ${found.few}::uuid[])::uuid[])`
  // What its topic says for it may have none of the words itself.
  const byTopic = wanted.names.length ? Prisma.sql`CASE WHEN ${hasAll} THEN ${BY_TOPIC} ELSE 0 END` : Prisma.sql`0`
  const [row] = await readRows<Row>`
    ${VARIED} WITH fitting AS MATERIALIZED (
      SELECT w.id, w.tier, greatest(${fitOf(kind, terms)}, ${byTopic}) AS fit, ${hasAll} AS "hasAll" FROM (
        SELECT DISTINCT id FROM (
          SELECT id FROM unnest((SELECT ${found.few}::uuid[])) id UNION ALL (${someOf(kind, candidates, bound)})
        ) ids
      ) c CROSS JOIN LATERAL (SELECT ${id} AS id, tier, words, marks FROM ${table} w WHERE ${Prisma.join(conditions, ' AND ')} LIMIT 1) w ${sifted(siftsOf(kind, wanted))}
    ),
    hits AS MATERIALIZED (
      SELECT w.id, ${scoreOf(kind, wanted.sort, Prisma.sql`(w.fit + CASE WHEN "hasAll" THEN 1 ELSE 0 END)`)} AS score
      FROM (SELECT *, max(fit) OVER () AS closest FROM fitting) w WHERE fit > 0 AND ("hasAll" OR fit >= ${FITTING} * closest)
    )
    SELECT ${foundOf(wanted, false)}`
  // What has some of the words is shown, and is no hit: it is in no count and no facet.
  return { ...found, page: hitsIn(row, wanted).page }
}

/**
 * Ids of rows with some of the words, found by one query after the other until there are enough. Queries of one size that go
 * along one index stand in one place, so that there are a few statements for all searches: to plan one takes longer than to run it.
 */
function someOf(kind: Marked, candidates: Candidates[], { all, each, lookedAt }: typeof GONE_THROUGH): Prisma.Sql {
  const { table, id } = TABLES[kind]
  const sizes = [3, 2, 1].filter((size) => candidates.some(({ words }) => words.length === size))
  const indexes = candidates.every(({ tier }) => tier === null) ? [null] : [null, ...TIER_INDEXES]
  const looks = sizes.flatMap((size) =>
    indexes.map((index) => {
      const these = candidates.filter(({ words, tier }) => words.length === size && indexOf(tier) === index)
      const asked = [...Array(size).keys()].map((i) => these.map(({ words }) => words[i] ?? ''))
      // Where the tier needs no word, one of the others stands twice, so that there is one text for all tiers of an index.
      const tiers = these.map(({ words, tier }) => tierWord(tier)[0] ?? words[0] ?? '')
      const parts = index === null ? asked : [...asked, tiers]
      const names = PARTS.slice(0, parts.length)
      const conditions = [...names.map((name) => Prisma.sql`words @@ ${name}::tsquery`), ...fromTier(index)]
      return Prisma.sql`
        SELECT f.id FROM unnest(${Prisma.join(parts.map((part) => Prisma.sql`(SELECT ${part}::text[])`))}) asked(${Prisma.join(names)}) CROSS JOIN LATERAL (
          SELECT id FROM (SELECT ${id} AS id, tier FROM ${table} WHERE ${Prisma.join(conditions, ' AND ')} LIMIT ${fixed(lookedAt)}) found
          ORDER BY tier DESC, id DESC LIMIT ${fixed(each)}) f`
    }),
  )
  return Prisma.sql`SELECT id FROM (${Prisma.join(looks, ' UNION ALL ')}) together LIMIT ${fixed(all)}`
}

/** Columns of what is asked for together: three words, and a tier. */
const PARTS = [Prisma.sql`first`, Prisma.sql`second`, Prisma.sql`third`, Prisma.sql`fourth`]

/** The smallest index that has all of a tier. */
function indexOf(tier: number | null): number | null {
  return TIER_INDEXES.find((from) => tier !== null && from <= tier) ?? null
}

type Row = { found: number; page: Hit[] | null; facets: Facet[] | null }

/** What is told of `hits`. */
function foundOf(wanted: Wanted, facets = isFaceted(wanted)): Prisma.Sql {
  const { size, after } = wanted
  const keys = decodeCursor(Keys, after)
  const further = keys ? Prisma.sql`WHERE (score, id) < (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty
  const page = size
    ? Prisma.sql`(SELECT json_agg(p) FROM (SELECT id, score FROM hits ${further} ORDER BY score DESC, id DESC LIMIT ${fixed(size + 1)}) p)`
    : Prisma.sql`NULL::json`
  return Prisma.sql`(SELECT count(*)::int FROM hits) AS found, ${page} AS page, ${facets ? FACETS : Prisma.sql`NULL::json`} AS facets`
}

/** What the list can be narrowed to is told where it begins. */
function isFaceted({ listed, after }: Wanted): boolean {
  return listed && after === undefined
}

/** `cut`: more may be found of what was not looked at. */
function hitsIn(row: Row | undefined, { size }: Wanted, cut = false): Hits {
  const found = row?.found ?? 0
  const atLeast = cut || found > COUNTED
  return {
    page: pageOf(row?.page ?? [], size, ({ score, id }) => [score, id]),
    count: { count: Math.min(found, COUNTED), atLeast },
    whole: false,
    cut,
    facets: { rows: row?.facets ?? [], atLeast },
  }
}

function sifted(sifts: Prisma.Sql[]): Prisma.Sql {
  return sifts.length ? Prisma.sql`WHERE ${Prisma.join(sifts, ' AND ')}` : Prisma.empty
}

/** Of all marks of a row `w`, of which there may be dozens, those that facets look at. */
const FIRST_MARKS = Prisma.sql`w.marks[1:3] AS marks,`

/** What most of the hits that are counted are of, with its name: of their marks the community is the first, and the topic the second. */
const FACETS = Prisma.sql`(
  WITH counted AS MATERIALIZED (
    SELECT marks[1] AS community, CASE WHEN marks[2] LIKE 'topic %' THEN marks[2] END AS topic, 'open' IN (marks[2], marks[3]) AS open
    FROM hits LIMIT ${fixed(COUNTED + 1)}
  )
  SELECT json_agg(f ORDER BY count DESC, slug) FROM (
    SELECT 'community' AS by, c.slug, c.name, m.count FROM (
      SELECT community, count(*)::int AS count FROM counted GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8
    ) m JOIN "Community" c ON c.id = substr(m.community, 11)::uuid
    UNION ALL
    SELECT 'topic', t.slug, t.name, m.count FROM (
      SELECT topic, count(*)::int AS count FROM counted WHERE topic IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8
    ) m JOIN "Topic" t ON t.id = substr(m.topic, 7)::uuid
    UNION ALL
    SELECT 'is', state, state, count(*)::int FROM (SELECT CASE WHEN open THEN 'open' ELSE 'answered' END AS state FROM counted) h GROUP BY 2
  ) f
)`

/** Mentors, AMAs, topics and companies, of which there are few: what has all of the words; `near`: or a name that is spelt nearly so. */
async function namedHits(
  kinds: NamedKind[],
  wanted: Map<SearchKind, Wanted>,
  how: 'every' | 'near',
): Promise<(readonly [NamedKind, Look])[]> {
  const looks = kinds.flatMap((each) => {
    const of = wanted.get(each)
    const look = of && namedLook(each, of, how)
    return look ? [Prisma.sql`SELECT ${each}::text AS kind, look.* FROM (${look}) look`] : []
  })
  const words = kinds.flatMap((each) => wanted.get(each)?.words ?? [])[0] ?? ''
  if (looks.length === 0) return []
  const near =
    how === 'near'
      ? Prisma.sql`, near AS MATERIALIZED (SELECT * FROM near_names((SELECT typed FROM typed), ${kinds}::text[]))`
      : Prisma.empty
  const rows = await readRows<Row & { kind: NamedKind; whole: boolean }>`
    ${VARIED} WITH typed AS MATERIALIZED (SELECT folded(${words}) AS typed) ${near} ${Prisma.join(looks, ' UNION ALL ')}`
  return rows.flatMap((row) => {
    const of = wanted.get(row.kind)
    return of ? [[row.kind, { ...hitsIn(row, of), whole: row.whole, few: [], looked: row.found }] as const] : []
  })
}

function namedLook(named: NamedKind, wanted: Wanted, how: 'every' | 'near'): Prisma.Sql | null {
  const kind = KINDS_OF[named]
  const { table, id, name } = TABLES[kind]
  const { words, query } = wanted
  const spelt = how === 'near' && words && wordsOf(words).length <= NAME_WORDS ? name : null
  if (how === 'near' && !spelt) return null
  const places = [...narrowing(kind, wanted), ...siftsOf(kind, wanted)]
  const conditions = [...conditionsOf(kind, wanted, null), ...siftsOf(kind, wanted)]
  // Words that say nothing elsewhere may be a name, and are looked for as one alone.
  const every = conditions.length && (query.terms.length || !words) ? conditions : [Prisma.sql`false`]
  const [fit, alike] = wanted.size ? [wholeFit(kind, wanted), likeness(kind, wanted)] : [Prisma.sql`1::float8`, Prisma.sql`0::float8`]
  const all = Prisma.sql`FROM ${table} w WHERE ${Prisma.join(every, ' AND ')} LIMIT ${fixed(COUNTED + 1)}`
  if (!spelt)
    return Prisma.sql`
      WITH hits AS MATERIALIZED (SELECT ${id} AS id, round(1000 * (${fit} + ${alike}))::float8 AS score ${all})
      SELECT ${foundOf(wanted, false)}, EXISTS (SELECT FROM hits) AS whole`
  return Prisma.sql`
    WITH every AS MATERIALIZED (SELECT ${id} AS id, ${fit} AS fit, ${alike} AS alike ${all}),
    fitting AS MATERIALIZED (SELECT *, greatest(fit, alike) AS close, max(greatest(fit, alike)) OVER () AS closest FROM (
      TABLE every UNION ALL SELECT n.id, 0::float8, n.alike FROM near n
        WHERE n.kind = ${named} AND n.id NOT IN (SELECT id FROM every)
          AND EXISTS (SELECT FROM ${table} w WHERE ${Prisma.join([Prisma.sql`${id} = n.id`, ...places], ' AND ')})
    ) w),
    hits AS MATERIALIZED (SELECT id, round(1000 * (fit + alike))::float8 AS score FROM fitting WHERE close >= ${FITTING} * closest)
    SELECT ${foundOf(wanted, false)}, EXISTS (SELECT FROM every) AS whole`
}

/** How much the name of a row `w` is like what was typed, from 0 to 1; of a row that has none of the words in its name nothing. */
function likeness(kind: Kind, { query: { terms } }: Wanted): Prisma.Sql {
  const { name, called } = TABLES[kind]
  if (!name || terms.length === 0) return Prisma.sql`0::float8`
  const inName = terms.map(({ lexeme }) => quoted(lexeme, called)).join(' | ')
  return Prisma.sql`CASE WHEN ${matches(inName)} THEN word_similarity((SELECT typed FROM typed), ${name}) ELSE 0 END::float8`
}

/** Words that a name has at most: of more, nobody misspells a name. */
const NAME_WORDS = 4

/** Where the words of a kind are. */
export const KINDS_OF = {
  questions: 'Question',
  answers: 'Answer',
  mentors: 'Mentor',
  amas: 'Ama',
  topics: 'Topic',
  companies: 'Company',
} as const satisfies Record<SearchKind, Kind>

type NamedKind = Exclude<SearchKind, 'questions' | 'answers'>
/** Kinds that are found by what they are called. */
const NAMED: NamedKind[] = SEARCH_KINDS.filter((kind) => kind !== 'questions' && kind !== 'answers')
