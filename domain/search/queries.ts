import { z } from 'zod'
import { type AmaRow, findAmas, shownAma } from '#domain/ama/queries.ts'
import { type AnswerRow, findAnswers } from '#domain/answer/queries.ts'
import { type CompanyRow, findCompanies } from '#domain/company/queries.ts'
import { findMentors, type MentorRow } from '#domain/member/queries.ts'
import { findQuestions, type QuestionRow, shownSince } from '#domain/question/queries.ts'
import {
  type Asked,
  COUNTED,
  COUNTED_BESIDE,
  type Count,
  monthsUpTo,
  NARROWINGS,
  type Narrowing,
  replacedWords,
  SEARCH_KINDS,
  type SearchKind,
  type SearchSort,
  withWords,
} from '#domain/search/rules.ts'
import { findTopics, type TopicRow } from '#domain/topic/queries.ts'
import {
  type Bound,
  candidatesOf,
  formsOf,
  fromTier,
  type Kind,
  knownShares,
  LOOKED_THROUGH,
  lexemesOf,
  type Marked,
  type ReadQuery,
  readQuery,
  TABLES,
} from '#domain/words/queries.ts'
import { bestPassage, type Forms, quoted, type Term, togetherShare, type WordStatistics, wordsOf } from '#domain/words/rules.ts'
import { shortened, textOf } from '#lib/clip.ts'
import { decodeCursor, PAGE_SIZE, type Page, pageOf } from '#lib/cursor.ts'
import { db, Prisma } from '#lib/db.ts'

/** What a search found of a kind, the words of it that were searched for, and how much there is in all. */
export type Found<Row> = Page<Row> & { forms: Forms; count: Count }

/** What hits can be narrowed to, the most frequent first; `slug` is what an operator of that name takes. */
export type Facet = { by: 'community' | 'topic' | 'is'; slug: string; name: string; count: number }

export type Finds = {
  /** Whether the query has a word that says anything, or narrows what there is. */
  said: boolean
  /** Whether something has all of its words. */
  whole: boolean
  /** What was not understood, in sentences. */
  misread: string[]
  /** The words that were searched for instead of ones that nobody has written; null where all are as typed. */
  instead: string | null
  /** How much there is of each kind that was looked at. */
  counts: Partial<Record<SearchKind, Count>>
  /** Of the kind that is asked for. `atLeast`: each may have more. */
  facets: { rows: Facet[]; atLeast: boolean }
  questions?: Found<QuestionRow>
  /** Their `excerpt` is the passage that fits best. */
  answers?: Found<AnswerRow>
  mentors?: Found<MentorRow>
  amas?: Found<AmaRow>
  topics?: Found<TopicRow>
  companies?: Found<CompanyRow>
}

/** Rows with some of the words that are gone through at most, and how much of the query they have to have of what the closest has. */
const GONE_THROUGH: Bound = { all: 120, each: 60 }
const LOOKED_AT_PARTLY = 300
const FITTING = 0.34
/** Where fewer rows than this have all of the words, those that have most of them are shown as well. */
const FEW = 10
/** Rows that are looked at one by one for what no index knows: phrases, what is not wanted, a day. */
const SIFTED = 4_000
/** Rows of a kind that are put in order at most. Statistics keep windows much smaller. */
const PUT_IN_ORDER = 20_000

/**
 * What a search finds of one kind; without a kind the first few of each. The closest come first, of those that fit about the
 * same what is read more; or the newest, or what is read most. Words that nobody has written are searched for as the closest
 * ones there are. Null where `after` is not a cursor of this list.
 */
export async function search(asked: Asked, kind?: SearchKind, after?: string | string[], sort: SearchSort = 'best'): Promise<Finds | null> {
  const behind = kind && after
  if (decodeCursor(Keys, behind) === null) return null
  const finds = await searchFor(asked, kind, behind, sort)
  if (!finds.said || finds.whole) return finds
  const instead = await closestWords(asked.words)
  if (!instead) return finds
  const better = await searchFor(withWords(asked, instead), kind, behind, sort)
  return better.whole ? { ...better, misread: finds.misread, instead } : finds
}

/** What is shown of each kind where all of them are. */
const FIRST: Record<SearchKind, number> = { questions: 5, answers: 3, mentors: 3, amas: 3, topics: 3, companies: 3 }

async function searchFor(asked: Asked, kind: SearchKind | undefined, after: Cursor, sort: SearchSort): Promise<Finds> {
  const { narrowed, unknown } = await namedIn(asked)
  const words = [asked.words, ...unknown.map(({ value }) => value)].join(' ').trim()
  const misread = [...asked.misread, ...unknown.map(({ by, value }) => `“${value}” is the name of no ${by} here.`)]
  const narrows = Object.keys(narrowed).length > 0 || asked.is !== null || asked.before !== null
  const nothing: Finds = { said: false, whole: false, misread, instead: null, counts: {}, facets: { rows: [], atLeast: false } }
  if (!words && !narrows) return nothing
  const read = await readQuery(words)
  const said = narrows || read.Question.terms.length > 0
  const of = (each: SearchKind): Wanted => {
    const [size, counted] = kind === each ? [PAGE_SIZE, COUNTED] : [kind ? 0 : FIRST[each], COUNTED_BESIDE]
    return { asked, words, narrowed, query: read[KINDS_OF[each]], after: kind === each ? after : undefined, size, counted, sort }
  }
  // A name may be made of words that say nothing elsewhere; a topic is not.
  const looked = SEARCH_KINDS.filter((each) => (said || (words && isNamed(each))) && canNarrow(each, asked, narrowed))
  const hits = await hitsOfKinds(new Map(looked.map((each) => [each, of(each)])), kind)
  const shown = async <Row>(each: SearchKind, show: (ids: string[], terms: Term[]) => Promise<Shown<Row>>) => {
    const found = hits.get(each)
    if (!found || (kind && kind !== each)) return undefined
    const { rows, next } = found.page
    const ids = rows.map(({ id }) => id)
    const terms = read[KINDS_OF[each]].terms
    return { next, count: found.count, ...(ids.length ? await show(ids, terms) : { rows: [], forms: new Map() }) }
  }
  const [questions, answers, mentors, amas, topics, companies] = await Promise.all([
    shown('questions', showQuestions),
    shown('answers', showAnswers),
    shown('mentors', showMentors),
    shown('amas', showAmas),
    shown('topics', showTopics),
    shown('companies', showCompanies),
  ])
  return {
    ...nothing,
    said,
    whole: [...hits.values()].some(({ whole }) => whole),
    counts: Object.fromEntries([...hits].map(([each, { count }]) => [each, count])),
    facets: (kind && hits.get(kind)?.facets) ?? nothing.facets,
    ...(questions && { questions }),
    ...(answers && { answers }),
    ...(mentors && { mentors }),
    ...(amas && { amas }),
    ...(topics && { topics }),
    ...(companies && { companies }),
  }
}

type Shown<Row> = { rows: Row[]; forms: Forms }

async function showQuestions(ids: string[], terms: Term[]): Promise<Shown<QuestionRow>> {
  const rows = await findQuestions(ids)
  const texts = rows.flatMap(({ title, leadExcerpt }) => [title, leadExcerpt ?? ''])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showAnswers(ids: string[], terms: Term[]): Promise<Shown<AnswerRow>> {
  const rows = await findAnswers(ids)
  const texts = rows.map(({ html }) => textOf(html).slice(0, LOOKED_THROUGH))
  const forms = await formsOf([...texts, ...rows.map(({ question }) => question.title)], terms)
  const withPassage = rows.map(({ html: _, ...row }, i) => ({
    ...row,
    excerpt: shortened(bestPassage(texts[i] ?? '', terms, forms).passage, 280),
  }))
  return { rows: withPassage, forms }
}

async function showMentors(ids: string[], terms: Term[]): Promise<Shown<MentorRow>> {
  const rows = await findMentors(ids)
  const texts = rows.flatMap(({ name, company, title }) => [name, company ?? '', title ?? ''])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showAmas(ids: string[], terms: Term[]): Promise<Shown<AmaRow>> {
  const rows = await findAmas(ids)
  const texts = rows.flatMap(({ topic, mentors }) => [
    topic.name,
    ...mentors.flatMap(({ name, company, title }) => [name, company ?? '', title ?? '']),
  ])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showTopics(ids: string[], terms: Term[]): Promise<Shown<TopicRow>> {
  const rows = await findTopics(ids)
  const texts = rows.flatMap(({ name, synonyms, community }) => [name, ...synonyms, community.name])
  return { rows, forms: await formsOf(texts, terms) }
}

async function showCompanies(ids: string[], terms: Term[]): Promise<Shown<CompanyRow>> {
  const rows = await findCompanies(ids)
  const texts = rows.map(({ name }) => name)
  return { rows, forms: await formsOf(texts, terms) }
}

/** Ids of what a search is narrowed to, by kind; of one kind any of them will do. */
type Narrowed = Partial<Record<Narrowing, string[]>>

/** What the operators name, and the values that are the name of nothing. A topic may be named by any of its names, in any community. */
async function namedIn({ narrowed }: Asked): Promise<{ narrowed: Narrowed; unknown: { by: Narrowing; value: string }[] }> {
  const given = NARROWINGS.flatMap((by) => narrowed[by].map((value) => ({ by, value })))
  if (given.length === 0) return { narrowed: {}, unknown: [] }
  const rows = await db().$queryRaw<{ by: Narrowing; value: string; id: string }[]>`
    SELECT g.by, g.value, named.id FROM (
      SELECT by, value, folded(value) AS name FROM unnest(${given.map(({ by }) => by)}::text[], ${given.map(({ value }) => value)}::text[]) g(by, value)
    ) g CROSS JOIN LATERAL (
      SELECT id FROM "Community" WHERE g.by = 'community' AND (slug = g.name OR folded(name) = g.name)
      UNION SELECT id FROM "Topic" WHERE g.by = 'topic' AND slug = g.name
      UNION SELECT "topicId" FROM "TopicWords" WHERE g.by = 'topic' AND g.name = ANY(string_to_array(name, E'\n'))
      UNION SELECT id FROM "Company" WHERE g.by = 'company' AND slug = g.name
      UNION SELECT "companyId" FROM "CompanyWords" WHERE g.by = 'company' AND name = g.name
      UNION SELECT id FROM "Member" WHERE g.by = 'mentor' AND handle = g.name AND "mentorSince" IS NOT NULL
      UNION SELECT "memberId" FROM "MentorWords" WHERE g.by = 'mentor' AND name = g.name
      LIMIT 100
    ) named`
  const found: Narrowed = {}
  for (const { by, id } of rows) found[by] = [...(found[by] ?? []), id]
  return { narrowed: found, unknown: given.filter(({ by, value }) => !rows.some((row) => row.by === by && row.value === value)) }
}

/** Whether what a search is narrowed to can be said of a kind: a company is in no community, an AMA is not open. */
function canNarrow(kind: SearchKind, { is, before }: Asked, narrowed: Narrowed): boolean {
  const { state, by } = NARROWED_BY[kind]
  if ((is && !state.includes(is)) || (before && state.length === 0)) return false
  return NARROWINGS.every((narrowing) => !narrowed[narrowing] || by.includes(narrowing))
}

const NARROWED_BY: Record<SearchKind, { state: string[]; by: Narrowing[] }> = {
  questions: { state: ['answered', 'open'], by: ['community', 'topic', 'mentor', 'company'] },
  answers: { state: ['answered'], by: ['community', 'topic', 'mentor', 'company'] },
  mentors: { state: [], by: ['community', 'company'] },
  amas: { state: [], by: ['community', 'topic', 'mentor', 'company'] },
  topics: { state: [], by: ['community'] },
  companies: { state: [], by: [] },
}

const Keys = z.tuple([z.number().int(), z.uuid()])
type Cursor = string | string[] | undefined
type Hit = { id: string; score: number }
type Wanted = {
  asked: Asked
  words: string
  narrowed: Narrowed
  query: ReadQuery
  after: Cursor
  /** Rows of a page; 0 where only their number is shown. */
  size: number
  /** Hits are counted to here; facets are shown where that is far. */
  counted: number
  sort: SearchSort
}
type Hits = { page: Page<Hit>; count: Count; whole: boolean; facets: Finds['facets'] }

/**
 * What each kind has with all of the words. Where none has, and of the kind that is asked for, what has some of them or a name
 * that is spelt nearly so is shown too.
 */
async function hitsOfKinds(wanted: Map<SearchKind, Wanted>, kind: SearchKind | undefined): Promise<Map<SearchKind, Hits>> {
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
  const isLittle = (each: SearchKind) => (each === kind || !whole) && (hits.get(each)?.count.count ?? 0) < FEW
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
  let hits = await lookAt(kind, wanted, window)
  while (window && !hits.count.atLeast) {
    window = widerWindow(wanted, window, hits)
    hits = await lookAt(kind, wanted, window)
  }
  return hits
}

/** `few`: the ids where there are few. `looked`: rows that were looked at, of which those are hits that nothing sifts out. */
type Look = Hits & { few: string[]; looked: number }

/** All of a window, or of the whole table, put in order; of what is looked at one by one, what the order puts first. */
async function lookAt(kind: Marked, wanted: Wanted, window: Window | null): Promise<Look> {
  const { table, id } = TABLES[kind]
  const { sort, size, counted } = wanted
  const conditions = [...matching(wanted, window), ...narrowing(kind, wanted), ...withinWindow(window)]
  if (conditions.length === 0) return { ...nothingOf(wanted), few: [], looked: 0 }
  const sifts = siftsOf(kind, wanted)
  // What is only counted needs no order.
  const bound = size ? PUT_IN_ORDER : sifts.length ? SIFTED : counted + 1
  const matches = Prisma.sql`SELECT ${id} AS id, tier, words, marks FROM ${table} w WHERE ${Prisma.join(conditions, ' AND ')} LIMIT ${bound}`
  const first = sort === 'newest' ? scoreOf(kind, sort, Prisma.sql`0`) : Prisma.sql`w.tier`
  const sifting = size ? Prisma.sql`SELECT * FROM (${matches}) w ORDER BY ${first} DESC, id DESC LIMIT ${SIFTED}` : matches
  const looked = sifts.length ? Prisma.sql`looked AS MATERIALIZED (${sifting}),` : Prisma.empty
  const score = size ? scoreOf(kind, sort, wholeFit(kind, wanted)) : Prisma.sql`0::float8`
  const [row] = await db().$queryRaw<(Row & { few: string[] | null; looked: number })[]>`
    WITH ${looked}
    hits AS MATERIALIZED (SELECT w.id, ${placesOf(wanted)} ${score} AS score FROM ${sifts.length ? Prisma.sql`looked` : Prisma.sql`(${matches})`} w ${sifted(sifts)})
    SELECT ${foundOf(wanted)}, (SELECT count(*)::int FROM ${sifts.length ? Prisma.sql`looked` : Prisma.sql`hits`}) AS looked,
      (SELECT array_agg(id) FROM (SELECT id FROM hits LIMIT ${FEW}) few) AS few`
  const hits = hitsIn(row, wanted, sifts.length > 0 && (row?.looked ?? 0) >= SIFTED)
  return { ...hits, whole: hits.count.count > 0, few: row?.few ?? [], looked: row?.looked ?? 0 }
}

/** What a look found, and what has some of the words: as many as a few pages show, the closest first. */
async function withPartly(kind: Marked, wanted: Wanted, found: Look): Promise<Hits> {
  if (wanted.query.terms.length < 2) return found
  const { few, whole } = found
  const { table, id } = TABLES[kind]
  const candidates = candidatesOf(kind, wanted.query, GONE_THROUGH, LOOKED_AT_PARTLY)
  const conditions = [Prisma.sql`${id} = c.id`, ...narrowing(kind, wanted)]
  const [row] = await db().$queryRaw<Row[]>`
    WITH fitting AS MATERIALIZED (
      SELECT w.id, w.tier, w.marks, ${fitOf(kind, wanted.query.terms)} AS fit FROM (
        SELECT DISTINCT id FROM (
          SELECT id FROM unnest(${few}::uuid[]) id UNION ALL SELECT id FROM (SELECT id FROM (${Prisma.join(candidates, ' UNION ALL ')}) each LIMIT ${GONE_THROUGH.all}) first
        ) ids
      ) c CROSS JOIN LATERAL (SELECT ${id} AS id, tier, words, marks FROM ${table} w WHERE ${Prisma.join(conditions, ' AND ')} LIMIT 1) w ${sifted(siftsOf(kind, wanted))}
    ),
    hits AS MATERIALIZED (
      SELECT w.id, ${placesOf(wanted)} ${scoreOf(kind, wanted.sort, Prisma.sql`w.fit`)} AS score
      FROM (SELECT *, max(fit) OVER () AS closest FROM fitting) w WHERE fit > 0 AND fit >= ${FITTING} * closest
    )
    SELECT ${foundOf(wanted, false)}`
  // What has some of the words is shown, and is no hit: it is in no count and no facet.
  return { ...hitsIn(row, wanted, false), count: found.count, facets: found.facets, whole }
}

type Row = { found: number; page: Hit[] | null; facets: Facet[] | null }

/** What is told of `hits`. */
function foundOf(wanted: Wanted, facets = isFaceted(wanted)): Prisma.Sql {
  const { size, after } = wanted
  const keys = decodeCursor(Keys, after)
  const further = keys ? Prisma.sql`WHERE (score, id) < (${keys[0]}, ${keys[1]}::uuid)` : Prisma.empty
  const page = size
    ? Prisma.sql`(SELECT json_agg(p) FROM (SELECT id, score FROM hits ${further} ORDER BY score DESC, id DESC LIMIT ${size + 1}) p)`
    : Prisma.sql`NULL::json`
  return Prisma.sql`(SELECT count(*)::int FROM hits) AS found, ${page} AS page, ${facets ? FACETS : Prisma.sql`NULL::json`} AS facets`
}

function isFaceted({ counted }: Wanted): boolean {
  return counted === COUNTED
}

function hitsIn(row: Row | undefined, { size, counted }: Wanted, capped: boolean): Hits {
  const found = row?.found ?? 0
  const atLeast = capped || found > counted
  return {
    page: pageOf(row?.page ?? [], size, ({ score, id }) => [score, id]),
    count: { count: Math.min(found, counted), atLeast },
    whole: false,
    facets: { rows: row?.facets ?? [], atLeast },
  }
}

function nothingOf(wanted: Wanted): Hits {
  return hitsIn(undefined, wanted, false)
}

function sifted(sifts: Prisma.Sql[]): Prisma.Sql {
  return sifts.length ? Prisma.sql`WHERE ${Prisma.join(sifts, ' AND ')}` : Prisma.empty
}

/** Of the row `w`, by its marks, of which the community is the first and the topic the second. */
function placesOf(wanted: Wanted): Prisma.Sql {
  return isFaceted(wanted)
    ? Prisma.sql`w.marks[1] AS community, CASE WHEN w.marks[2] LIKE 'topic %' THEN w.marks[2] END AS topic, 'open' = ANY(w.marks) AS open,`
    : Prisma.empty
}

/** What most of the hits are of, with its name. */
const FACETS = Prisma.sql`(
  SELECT json_agg(f ORDER BY count DESC, slug) FROM (
    SELECT 'community' AS by, c.slug, c.name, m.count FROM (
      SELECT community, count(*)::int AS count FROM hits GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8
    ) m JOIN "Community" c ON c.id = substr(m.community, 11)::uuid
    UNION ALL
    SELECT 'topic', t.slug, t.name, m.count FROM (
      SELECT topic, count(*)::int AS count FROM hits WHERE topic IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8
    ) m JOIN "Topic" t ON t.id = substr(m.topic, 7)::uuid
    UNION ALL
    SELECT 'is', state, state, count(*)::int FROM (SELECT CASE WHEN open THEN 'open' ELSE 'answered' END AS state FROM hits) h GROUP BY 2
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
    const look = of && namedLook(KINDS_OF[each], of, how)
    return look ? [Prisma.sql`SELECT ${each} AS kind, look.* FROM (${look}) look`] : []
  })
  if (looks.length === 0) return []
  const rows = await db().$queryRaw<(Row & { kind: NamedKind; whole: boolean })[]>`${Prisma.join(looks, ' UNION ALL ')}`
  return rows.flatMap((row) => {
    const of = wanted.get(row.kind)
    return of ? [[row.kind, { ...hitsIn(row, of, false), whole: row.whole, few: [], looked: row.found }] as const] : []
  })
}

function namedLook(kind: Exclude<Kind, Marked>, wanted: Wanted, how: 'every' | 'near'): Prisma.Sql | null {
  const { table, id, name } = TABLES[kind]
  const { words, query } = wanted
  const spelt = how === 'near' && words && wordsOf(words).length <= NAME_WORDS ? name : null
  if (how === 'near' && !spelt) return null
  const places = [...narrowing(kind, wanted), ...siftsOf(kind, wanted)]
  const conditions = [...matching(wanted, null), ...places]
  // Words that say nothing elsewhere may be a name, and are looked for as one alone.
  const every = conditions.length && (query.terms.length || !words) ? conditions : [Prisma.sql`false`]
  const typed = Prisma.sql`(SELECT folded(${words}))`
  const near = spelt
    ? Prisma.sql`UNION ALL SELECT * FROM (
        SELECT ${id} AS id, 0::float8 AS fit, word_similarity(${typed}, ${spelt}) AS alike FROM ${table} w
        WHERE ${Prisma.join([Prisma.sql`${typed} <% ${spelt}`, ...places], ' AND ')} LIMIT ${GONE_THROUGH.all}
      ) near WHERE id NOT IN (SELECT id FROM every)`
    : Prisma.empty
  return Prisma.sql`
    WITH every AS MATERIALIZED (
      SELECT ${id} AS id, ${wholeFit(kind, wanted)} AS fit, ${name ? Prisma.sql`word_similarity(${typed}, ${name})` : Prisma.sql`0`}::float8 AS alike
      FROM ${table} w WHERE ${Prisma.join(every, ' AND ')} LIMIT ${wanted.counted + 1}
    ),
    fitting AS MATERIALIZED (SELECT *, greatest(fit, alike) AS close, max(greatest(fit, alike)) OVER () AS closest FROM (TABLE every ${near}) w),
    hits AS MATERIALIZED (SELECT id, round(1000 * (fit + alike))::float8 AS score FROM fitting WHERE close >= ${FITTING} * closest)
    SELECT ${foundOf(wanted, false)}, EXISTS (SELECT FROM every) AS whole`
}

/** Words that a name has at most: of more, nobody misspells a name. */
const NAME_WORDS = 4

/** That a row `w` has all of the words; in a window they are one with what the window asks for, as the index finds both at once. */
function matching({ query: { terms } }: Wanted, window: Window | null): Prisma.Sql[] {
  const words = [...terms.map(({ lexeme }) => quoted(lexeme)), ...(window && 'tier' in window ? [quoted(`tier ${window.tier}`)] : [])]
  return words.length ? [Prisma.sql`w.words @@ ${words.join(' & ')}::tsquery`] : []
}

/** What a row `w` has to be of. */
function narrowing(kind: Kind, { asked, narrowed }: Wanted): Prisma.Sql[] {
  const given = Object.entries(narrowed)
  if (kind !== 'Question' && kind !== 'Answer') return given.map(([by, ids]) => placed(kind, by, ids))
  const named = given.map(([by, ids]) => ids.map((id) => `${by} ${id}`))
  const marks = [...named, ...(asked.is ? [[asked.is]] : []), ...(asked.before ? [monthsUpTo(asked.before)] : [])]
  return marks.map((any) => Prisma.sql`w.marks && ${any}::text[]`)
}

/** Of the kinds without marks, of which there are few: whether a row is of a community, topic, mentor or company. */
function placed(kind: Kind, by: string, ids: string[]): Prisma.Sql {
  const any = Prisma.sql`ANY(${ids}::uuid[])`
  if (kind === 'Topic') return Prisma.sql`EXISTS (SELECT FROM "Topic" t WHERE t.id = w."topicId" AND t."communityId" = ${any})`
  if (kind === 'Mentor' && by === 'company')
    return Prisma.sql`EXISTS (SELECT FROM "Member" m WHERE m.id = w."memberId" AND m."companyId" = ${any})`
  if (kind === 'Mentor')
    return Prisma.sql`EXISTS (SELECT FROM "CommunityMentor" cm WHERE cm."memberId" = w."memberId" AND cm."communityId" = ${any})`
  if (by === 'community')
    return Prisma.sql`EXISTS (SELECT FROM "Ama" a WHERE a.id = w."amaId" AND a."communityId" = ${any} AND ${shownAma})`
  if (by === 'topic') return Prisma.sql`EXISTS (SELECT FROM "Ama" a WHERE a.id = w."amaId" AND a."topicId" = ${any} AND ${shownAma})`
  const whose = by === 'mentor' ? Prisma.sql`am."memberId"` : Prisma.sql`am."companyId"`
  return Prisma.sql`EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = w."amaId" AND ${whose} = ${any})`
}

/** What is looked at of a table: what is read at least so much, or is of these months; `share`: of all rows, as far as is known. */
type Window = { share: number } & ({ tier: number } | { months: string[] })

/** Where more rows match than are looked at: those that the order puts first, as far as statistics tell. */
function firstWindow(wanted: Wanted): Window | null {
  const { asked, narrowed, query, counted, sort } = wanted
  const { marks, statistics } = query
  const shareOf = (of: string[]) => of.reduce((sum, mark) => sum + (marks.get(mark) ?? 0), 0)
  const places = Object.entries(narrowed).map(([by, ids]) => shareOf(ids.map((id) => `${by} ${id}`)))
  // The newest months that come before a day are a share of all, not of what came before it.
  const days = asked.before && sort !== 'newest' ? [shareOf(monthsUpTo(asked.before))] : []
  const states = [...(asked.is ? [shareOf([asked.is])] : []), ...days]
  const found = statistics.rows * togetherShare([...query.terms.map(({ share }) => share), ...places, ...states])
  return found <= WINDOW * counted ? null : windowOf(wanted, (WINDOW * counted) / found)
}

/** The next window, after one held so much and no more; null for all there is. Where all was sifted out, no more than is looked at. */
function widerWindow(wanted: Wanted, window: Window, { count: { count: held }, looked }: Look): Window | null {
  const enough = Math.min((WINDOW * wanted.counted) / held, (held < looked ? SIFTED : PUT_IN_ORDER) / looked)
  return windowOf(wanted, Math.max(2, enough) * window.share)
}

function windowOf({ asked, query: { marks, statistics }, sort }: Wanted, enough: number): Window | null {
  return sort === 'newest' ? newestMonths(asked, marks, enough) : mostRead(statistics, enough)
}

/** The highest tier that has so large a share of all; null where none has. */
function mostRead({ tiers }: WordStatistics, enough: number): Window | null {
  const [tier, share] = [...tiers].toSorted(([a], [b]) => b - a).find(([, share]) => share >= enough) ?? []
  return tier === undefined || share === undefined ? null : { tier, share }
}

/** The newest months that have so large a share of all together, to this one, of which statistics may not know yet; null where they have not. */
function newestMonths({ before }: Asked, marks: ReadQuery['marks'], enough: number): Window | null {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const months: string[] = []
  let share = 0
  for (const month of monthsUpTo(before && before < tomorrow ? before : tomorrow).toReversed()) {
    months.push(month)
    share += marks.get(month) ?? 0
    if (share >= enough) return { months, share }
  }
  return null
}

/** That a row `w` is in a window. The words ask for its tier already; from some tiers on there are smaller indexes. */
function withinWindow(window: Window | null): Prisma.Sql[] {
  if (!window) return []
  return 'tier' in window ? fromTier(window.tier) : [Prisma.sql`w.marks && ${window.months}::text[]`]
}

/** How many times what is counted a window should hold, so that it is in it even where statistics are a little wrong. */
const WINDOW = 1.5

/** What is looked at in each row `w`, since no index knows it: by its key, as a join might read the whole table. */
function siftsOf(kind: Kind, { asked }: Wanted): Prisma.Sql[] {
  const { phrases, without, before } = asked
  const day = new Date(`${before}T00:00:00Z`)
  if (kind === 'Answer') {
    // Its words are kept without their places.
    const says = (text: string) =>
      Prisma.sql`(SELECT a.body ILIKE ${`%${text.replace(/[\\%_]/g, '\\$&')}%`} FROM "Answer" a WHERE a.id = w.id)`
    const older = Prisma.sql`(SELECT a."answeredAt" < ${day} FROM "Answer" a WHERE a.id = w.id)`
    const unwanted = without.map((text) => (/^[\p{L}\p{N}]+$/u.test(text) ? hasPhrase(text) : says(text)))
    return [...phrases.map(says), ...unwanted.map((has) => Prisma.sql`NOT ${has}`), ...(before ? [older] : [])]
  }
  const older = Prisma.sql`(SELECT ${shownSince} < ${day} FROM "Question" q WHERE q.id = w.id)`
  const unwanted = without.map((text) => Prisma.sql`NOT ${hasPhrase(text)}`)
  return [...phrases.map(saysPhrase), ...unwanted, ...(before && kind === 'Question' ? [older] : [])]
}

/** Of a phrase without a word that says anything, nothing is asked. */
function saysPhrase(text: string): Prisma.Sql {
  return Prisma.sql`(numnode(phraseto_tsquery('perch', translate(${text}, '/', ' '))) = 0 OR ${hasPhrase(text)})`
}

function hasPhrase(text: string): Prisma.Sql {
  return Prisma.sql`w.words @@ phraseto_tsquery('perch', translate(${text}, '/', ' '))`
}

/** How well a row `w` fits that has all of the words: whole where all stand where they count most, half where none does. */
function wholeFit(kind: Kind, { query: { terms } }: Wanted): Prisma.Sql {
  const { heavy } = TABLES[kind]
  if (!heavy || terms.length === 0) return Prisma.sql`1::float8`
  const heavily = terms.map(({ lexeme }) => quoted(lexeme, heavy))
  return Prisma.sql`CASE WHEN w.words @@ ${heavily.join(' & ')}::tsquery THEN 1 WHEN w.words @@ ${heavily.join(' | ')}::tsquery THEN 0.75 ELSE 0.5 END::float8`
}

/** How much of the terms a row `w` has, from 0 to 1, by their weights; what does not stand where it counts whole counts half. */
function fitOf(kind: Kind, terms: Term[]): Prisma.Sql {
  const weights = terms.map(({ weight }) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const anywhere = terms.map(({ lexeme }) => quoted(lexeme))
  const whole = terms.map(({ lexeme }) => quoted(lexeme, TABLES[kind].heavy))
  return Prisma.sql`coalesce((
    SELECT sum(CASE WHEN w.words @@ t.whole THEN t.weight ELSE t.weight * 0.5 END) / ${total}
    FROM unnest(${anywhere}::text[]::tsquery[], ${whole}::text[]::tsquery[], ${weights}::float8[]) t(anywhere, whole, weight)
    WHERE w.words @@ t.anywhere
  ), 0)`
}

/** A whole number, the first in the order having most. */
function scoreOf(kind: Marked, sort: SearchSort, fit: Prisma.Sql): Prisma.Sql {
  if (sort === 'best') return Prisma.sql`round(1000 * ${fit})::float8 + 8 * w.tier`
  const views = sort === 'read'
  if (kind === 'Answer') {
    const by = views ? Prisma.sql`a."viewCount"::float8` : Prisma.sql`floor(extract(epoch FROM a."answeredAt") * 1000)::float8`
    return Prisma.sql`(SELECT ${by} FROM "Answer" a WHERE a.id = w.id)`
  }
  const by = views ? Prisma.sql`q."viewCount"::float8` : Prisma.sql`floor(extract(epoch FROM ${shownSince}) * 1000)::float8`
  return Prisma.sql`(SELECT ${by} FROM "Question" q WHERE q.id = w.id)`
}

/**
 * The words of a query with each that nobody has written replaced by the closest one that stands in names and in titles that
 * are read much; null where nothing is to be replaced, or by nothing.
 */
async function closestWords(words: string): Promise<string | null> {
  const [known, lexemes] = await Promise.all([knownShares(), lexemesOf(wordsOf(words).slice(0, 6))])
  // What statistics know, somebody has written. The others are compared with names and titles, and only where nobody has.
  const isKnown = (lexeme: string) => known.Question.words.has(lexeme) || known.Answer.words.has(lexeme)
  const doubtful = [...lexemes].filter(([word, of]) => word.length > 2 && of.length > 0 && !of.some(isKnown)).map(([word]) => word)
  if (doubtful.length === 0) return null
  const rows = await db().$queryRaw<{ word: string; close: string }[]>`
    WITH unknown AS MATERIALIZED (
      SELECT word FROM unnest(${doubtful}::text[]) word
      WHERE NOT EXISTS (SELECT FROM "QuestionWords" WHERE words @@ plainto_tsquery('perch', word))
        AND NOT EXISTS (SELECT FROM "AnswerWords" WHERE words @@ plainto_tsquery('perch', word))
    ), near AS MATERIALIZED (
      SELECT word, close_word(folded(word)) AS close FROM unknown
    )
    SELECT word, close FROM near WHERE close IS NOT NULL AND close <> folded(word)`
  if (rows.length === 0) return null
  const close = new Map(rows.map(({ word, close }) => [word, close]))
  return replacedWords(words, close)
}

const KINDS_OF = {
  questions: 'Question',
  answers: 'Answer',
  mentors: 'Mentor',
  amas: 'Ama',
  topics: 'Topic',
  companies: 'Company',
} as const satisfies Record<SearchKind, Kind>

/** Kinds that are found by what they are called. */
const NAMED = ['mentors', 'amas', 'topics', 'companies'] as const
type NamedKind = (typeof NAMED)[number]

function isNamed(kind: SearchKind): boolean {
  return kind === 'mentors' || kind === 'companies'
}
