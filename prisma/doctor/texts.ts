import type { Client } from 'pg'
import { renderAnswer, renderDetails, renderPage } from '#lib/markdown.ts'
import { type Check, type Found, SAMPLES, type Tell } from '#prisma/doctor/check.ts'

/** Texts of a kind that are compared unless all are to be; a change of the rules shows in some of them. */
const SAMPLE = 1_000
/** Texts in memory at a time, and rows that one statement locks. */
const PORTION = 100

type Text = { key: string; source: string; html: string; excerpt: string | null; point: string | null }
/** `point` is the sentence chosen for it, which says what its HTML is too. */
type Rendered = Pick<Text, 'html' | 'excerpt' | 'point'>
/** Where Markdown stands beside the HTML made of it. `update` takes rows of key, source, html, excerpt and point as JSON. */
type Place = {
  noun: string
  from: string
  columns: string
  key: string
  type: 'uuid' | 'text'
  render: (source: string, point: string | null) => Rendered
  update: string
}

const plain = (source: string): Rendered => ({ html: renderDetails(source), excerpt: null, point: null })

const fresh = `WITH fresh AS (SELECT * FROM json_to_recordset($1) AS f (key text, source text, html text, excerpt text, point text))`

const places: Place[] = [
  {
    noun: 'answer',
    from: '"Answer"',
    columns: 'id::text AS key, body AS source, html, excerpt, point',
    key: 'id',
    type: 'uuid',
    render: renderAnswer,
    // In the order in which views are written.
    update: `${fresh}, locked AS MATERIALIZED (
        SELECT id FROM "Answer" WHERE id IN (SELECT key::uuid FROM fresh) ORDER BY id FOR NO KEY UPDATE)
      UPDATE "Answer" a SET html = fresh.html, excerpt = fresh.excerpt, point = fresh.point FROM fresh JOIN locked ON locked.id = fresh.key::uuid
      WHERE a.id = locked.id AND a.body = fresh.source AND (a.point = fresh.point OR fresh.point IS NULL)`,
  },
  {
    noun: 'question',
    from: '"Question"',
    columns: 'id::text AS key, details AS source, "detailsHtml" AS html, NULL AS excerpt, NULL AS point',
    key: 'id',
    type: 'uuid',
    render: plain,
    update: `${fresh}, locked AS MATERIALIZED (
        SELECT id FROM "Question" WHERE id IN (SELECT key::uuid FROM fresh) ORDER BY id FOR NO KEY UPDATE)
      UPDATE "Question" q SET "detailsHtml" = fresh.html FROM fresh JOIN locked ON locked.id = fresh.key::uuid
      WHERE q.id = locked.id AND q.details = fresh.source`,
  },
  {
    noun: 'AMA',
    from: '"Ama"',
    columns: 'id::text AS key, introduction AS source, "introductionHtml" AS html, NULL AS excerpt, NULL AS point',
    key: 'id',
    type: 'uuid',
    render: plain,
    update: `${fresh} UPDATE "Ama" a SET "introductionHtml" = fresh.html FROM fresh WHERE a.id = fresh.key::uuid AND a.introduction = fresh.source`,
  },
  {
    noun: 'clarification',
    from: '"Clarification"',
    columns: 'id::text AS key, body AS source, html, NULL AS excerpt, NULL AS point',
    key: 'id',
    type: 'uuid',
    render: plain,
    update: `${fresh} UPDATE "Clarification" c SET html = fresh.html FROM fresh WHERE c.id = fresh.key::uuid AND c.body = fresh.source`,
  },
  {
    noun: 'page',
    from: '"SitePage"',
    columns: 'slug AS key, body AS source, html, NULL AS excerpt, NULL AS point',
    key: 'slug',
    type: 'text',
    render: (source) => ({ html: renderPage(source), excerpt: null, point: null }),
    update: `${fresh} UPDATE "SitePage" p SET html = fresh.html FROM fresh WHERE p.slug = fresh.key AND p.body = fresh.source`,
  },
]

/** `all`: every text is compared, else a sample of each kind; where one of that is wrong a repair goes through all. */
export function textCheck(all: boolean): Check {
  return {
    says: 'HTML is not what its Markdown makes',
    async find(session, tell) {
      const found: Found = { rows: 0, samples: [] }
      for (const place of places) {
        const sampled = all ? '' : await sampleOf(session, place)
        for await (const wrong of wrongTexts(session, place, sampled, tell)) {
          found.rows += wrong.length
          found.samples.push(...wrong.slice(0, SAMPLES - found.samples.length).map(({ key }) => `${place.noun} ${key}`))
          if (sampled) found.hint = `Only some texts were looked at; --all-texts looks at each.`
        }
      }
      return found
    },
    async repair(session, tell) {
      for (const place of places) {
        for await (const wrong of wrongTexts(session, place, '', tell)) await session.query(place.update, [JSON.stringify(wrong)])
      }
    },
  }
}

/** The clause that takes about so many rows; none where there are few. */
async function sampleOf(session: Client, { from }: Place): Promise<string> {
  const { rows } = await session.query<{ n: number }>('SELECT greatest(reltuples, 0)::float AS n FROM pg_class WHERE oid = $1::regclass', [
    from,
  ])
  const n = rows[0]?.n ?? 0
  return n > SAMPLE * 5 ? `TABLESAMPLE SYSTEM (${(SAMPLE / n) * 100})` : ''
}

/** Texts that are stored with other HTML than they should have, with what they should have, a portion at a time. */
async function* wrongTexts(session: Client, place: Place, sampled: string, tell: Tell): AsyncGenerator<Text[]> {
  const sources = `SELECT ${place.columns}, ${place.key} AS place FROM ${place.from} ${sampled}`
  const total = sampled ? SAMPLE : await countOf(session, sources)
  let done = 0
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: Text[] } = await session.query(
      `SELECT * FROM (${sources}) t WHERE source IS NOT NULL AND ($1::${place.type} IS NULL OR place > $1) ORDER BY place LIMIT ${sampled ? SAMPLE * 10 : PORTION}`,
      [after],
    )
    const wrong = rows.flatMap((text) => {
      const should = place.render(text.source, text.point)
      return should.html === text.html && should.excerpt === text.excerpt && should.point === text.point ? [] : [{ ...text, ...should }]
    })
    if (wrong.length) yield wrong
    done += rows.length
    tell(done, total)
    after = rows.at(-1)?.key ?? null
    if (sampled || rows.length < PORTION) return
  }
}

async function countOf(session: Client, sources: string): Promise<number> {
  const { rows } = await session.query<{ n: number }>(`SELECT count(*)::int AS n FROM (${sources}) t WHERE source IS NOT NULL`)
  return rows[0]?.n ?? 0
}
