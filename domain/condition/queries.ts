import { shownAma } from '#domain/ama/queries.ts'
import { topicMark, type Wanted, type Window } from '#domain/condition/rules.ts'
import { shownSince } from '#domain/question/queries.ts'
import { monthsUpTo, type SearchSort } from '#domain/search/rules.ts'
import { hasWords, inSample, inTier, type Kind, type Marked, matches, TABLES } from '#domain/words/queries.ts'
import { quoted, type Term } from '#domain/words/rules.ts'
import { Prisma } from '#lib/db.ts'

// What a row `w` of the tables of words has to have, in SQL. Values stand in sub-selects: of a plan that knows none of them a
// connection needs one, and it goes along the index.

/** What a row of a kind has to have: all of the words, in the window, of what the search is narrowed to. Empty where that is nothing. */
export function conditionsOf(kind: Kind, wanted: Wanted, window: Window | null): Prisma.Sql[] {
  const { terms } = wanted.query
  const common = [...narrowing(kind, wanted), ...(isMarked(kind) ? withinWindow(kind, window) : [])]
  const names = isMarked(kind) ? wanted.names : []
  if (names.length === 0) return [...hasWords(terms), ...common]
  // Each way by itself, so that each goes along the index.
  const others = names.map(({ lexemes, topics }) => [
    hasMark(topics.map(topicMark)),
    ...hasWords(terms.filter(({ lexeme }) => !lexemes.includes(lexeme))),
  ])
  const ways = [hasWords(terms), ...others].map((way) => Prisma.sql`(${Prisma.join([...way, ...common], ' AND ')})`)
  return [Prisma.sql`(${Prisma.join(ways, ' OR ')})`]
}

/** That a row is in a window. From some tiers on there are smaller indexes, which say by themselves that a row is of their tier. */
function withinWindow(kind: Marked, window: Window | null): Prisma.Sql[] {
  if (!window) return []
  if ('sample' in window) return [inSample(kind)]
  if ('months' in window) return [hasMark(window.months)]
  return inTier(window.tier)
}

/** What a row has to be of. */
export function narrowing(kind: Kind, { asked, narrowed }: Wanted): Prisma.Sql[] {
  const given = Object.entries(narrowed)
  if (!isMarked(kind)) return given.map(([by, ids]) => placed(kind, by, ids))
  const named = given.map(([by, ids]) => ids.map((id) => `${by} ${id}`))
  return [...named, ...(asked.is ? [[asked.is]] : []), ...(asked.before ? [monthsUpTo(asked.before)] : [])].map(hasMark)
}

function hasMark(any: string[]): Prisma.Sql {
  return Prisma.sql`w.marks && (SELECT ${any}::text[])`
}

function isMarked(kind: Kind): kind is Marked {
  return kind === 'Question' || kind === 'Answer'
}

/**
 * Of the kinds without marks, of which there are few: whether a row is of a community, topic, mentor or company. Of a company is
 * who works there and who did.
 */
function placed(kind: Kind, by: string, ids: string[]): Prisma.Sql {
  const any = Prisma.sql`ANY(${ids}::uuid[])`
  if (kind === 'Topic') return Prisma.sql`EXISTS (SELECT FROM "Topic" t WHERE t.id = w."topicId" AND t."communityId" = ${any})`
  if (kind === 'Mentor' && by === 'company')
    return Prisma.sql`w."memberId" IN (SELECT id FROM "Member" WHERE "companyId" = ${any} UNION SELECT "memberId" FROM "Role" WHERE "companyId" = ${any})`
  if (kind === 'Mentor')
    return Prisma.sql`EXISTS (SELECT FROM "CommunityMentor" cm WHERE cm."memberId" = w."memberId" AND cm."communityId" = ${any})`
  if (by === 'community')
    return Prisma.sql`EXISTS (SELECT FROM "Ama" a WHERE a.id = w."amaId" AND a."communityId" = ${any} AND ${shownAma})`
  if (by === 'topic') return Prisma.sql`EXISTS (SELECT FROM "Ama" a WHERE a.id = w."amaId" AND a."topicId" = ${any} AND ${shownAma})`
  const whose = by === 'mentor' ? Prisma.sql`am."memberId"` : Prisma.sql`am."companyId"`
  return Prisma.sql`EXISTS (SELECT FROM "AmaMentor" am WHERE am."amaId" = w."amaId" AND ${whose} = ${any})`
}

/** What is looked at in each row, since no index knows it: by its key, as a join might read the whole table. */
export function siftsOf(kind: Kind, { asked }: Wanted): Prisma.Sql[] {
  const { phrases, without, before } = asked
  const day = new Date(`${before}T00:00:00Z`)
  if (kind === 'Answer') {
    // Its words are kept without their places. The text is taken out once, however much is looked for in it.
    const isWord = (text: string) => /^[\p{L}\p{N}]+$/u.test(text)
    const says = (text: string) => Prisma.sql`a.body ILIKE ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`
    const inText = [
      ...(before ? [Prisma.sql`a."answeredAt" < ${day}`] : []),
      ...phrases.map(says),
      ...without.filter((text) => !isWord(text)).map((text) => Prisma.sql`NOT ${says(text)}`),
    ]
    const text = Prisma.sql`(SELECT ${Prisma.join(inText.length ? inText : [Prisma.sql`true`], ' AND ')} FROM (
      SELECT a.body || '' AS body, a."answeredAt" FROM "Answer" a WHERE a.id = w.id OFFSET 0) a)`
    return [...without.filter(isWord).map((word) => Prisma.sql`NOT ${hasPhrase(word)}`), ...(inText.length ? [text] : [])]
  }
  const older = Prisma.sql`(SELECT ${shownSince} < ${day} FROM "Question" q WHERE q.id = w.id)`
  const unwanted = without.map((text) => Prisma.sql`NOT ${hasPhrase(text)}`)
  return [...phrases.map(saysPhrase), ...unwanted, ...(before && kind === 'Question' ? [older] : [])]
}

/** Of a phrase without a word that says anything, nothing is asked. */
function saysPhrase(text: string): Prisma.Sql {
  return Prisma.sql`(numnode(${phrase(text)}) = 0 OR ${hasPhrase(text)})`
}

function hasPhrase(text: string): Prisma.Sql {
  return Prisma.sql`w.words @@ ${phrase(text)}`
}

/** Read once for all rows that are looked at. */
function phrase(text: string): Prisma.Sql {
  return Prisma.sql`(SELECT phraseto_tsquery('perch', translate(${text}, '/', ' ')))`
}

/** How well a row fits: whole where all words stand where they count most, half where none does, less where its topic has them for it. */
export function wholeFit(kind: Kind, { query: { terms }, names }: Wanted): Prisma.Sql {
  const { heavy } = TABLES[kind]
  const byTopic = names.length > 0 && isMarked(kind)
  const hasNot = byTopic ? Prisma.sql`WHEN NOT (${Prisma.join(hasWords(terms), ' AND ')}) THEN ${BY_TOPIC}` : Prisma.empty
  if (!heavy || terms.length === 0) return byTopic ? Prisma.sql`CASE ${hasNot} ELSE 1 END::float8` : Prisma.sql`1::float8`
  const heavily = terms.map(({ lexeme }) => quoted(lexeme, heavy))
  const [all, any] = [matches(heavily.join(' & ')), matches(heavily.join(' | '))]
  return Prisma.sql`CASE WHEN ${all} THEN 1 ${hasNot} ${terms.length > 1 ? Prisma.sql`WHEN ${any} THEN 0.75` : Prisma.empty} ELSE 0.5 END::float8`
}

/** The fit of what only its topic has the words for: less than what has them itself, however much it is read. */
export const BY_TOPIC = Prisma.sql`0.3`

/** How much of the terms a row has, from 0 to 1, by their weights; what does not stand where it counts whole counts half. */
export function fitOf(kind: Kind, terms: Term[]): Prisma.Sql {
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
export function scoreOf(kind: Marked, sort: SearchSort, fit: Prisma.Sql): Prisma.Sql {
  if (sort === 'best') return Prisma.sql`round(1000 * ${fit})::float8 + 8 * w.tier`
  const views = sort === 'read'
  if (kind === 'Answer') {
    const by = views ? Prisma.sql`a."viewCount"::float8` : Prisma.sql`floor(extract(epoch FROM a."answeredAt") * 1000)::float8`
    return Prisma.sql`(SELECT ${by} FROM "Answer" a WHERE a.id = w.id)`
  }
  const by = views ? Prisma.sql`q."viewCount"::float8` : Prisma.sql`floor(extract(epoch FROM ${shownSince}) * 1000)::float8`
  return Prisma.sql`(SELECT ${by} FROM "Question" q WHERE q.id = w.id)`
}
