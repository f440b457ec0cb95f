import { createServer } from 'node:http'
import { Pool } from 'pg'
import { knownFrom, type PageQuery, recordPage } from '#bench/page-queries.ts'
import type { PageKind } from '#bench/samples.ts'
import { disconnect } from '#lib/db.ts'
import { env } from '#lib/env.ts'

// The limit for rendered pages: node:http and pg alone, the same queries, a template string. Without Next, React, Prisma,
// compression, headers, or care: node bench/bare-template.ts QUESTION_SLUG AMA_SLUG

type Row = Record<string, unknown>

const [, , questionSlug = '', amaSlug = ''] = process.argv
const queries = { question: await recordPage('question', questionSlug), ama: await recordPage('ama', amaSlug) }
await disconnect()
const pool = new Pool({ connectionString: env().DATABASE_URL, max: env().DATABASE_POOL })

createServer(async (req, res) => {
  const [, folder, slug = ''] = (req.url ?? '').split('/')
  if (folder === 'healthz') return res.end('ok')
  const kind = folder === 'amas' ? 'ama' : 'question'
  const html = await page(kind, slug)
  if (html === null) return res.writeHead(404).end()
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(html) }).end(html)
}).listen(env().PORT, env().HOST)

async function page(kind: PageKind, slug: string): Promise<string | null> {
  const { first, others } = queries[kind]
  const [row] = await ask(first, { slug })
  if (!row) return null
  const known = knownFrom(kind, slug, row)
  const lists = await Promise.all(others.map((query) => ask(query, known)))
  return documentOf(row, lists)
}

async function ask({ text, name, values }: PageQuery, known: Row): Promise<Row[]> {
  const filled = values.map((value) => ('known' in value ? known[value.known] : value.constant))
  const { rows } = await pool.query<Row>({ text, name, values: filled })
  return rows
}

// Every value of every row, each in elements with a class as on a page: text escaped, HTML as it is.
function documentOf(row: Row, lists: Row[][]): string {
  const title = escaped(row.title ?? row.slug)
  const sections = lists.map((rows) => `<section class="mt-10 border-t border-line"><ul>${rows.map(item).join('')}</ul></section>`)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><header class="border-b border-line">
<a href="/">Perch</a></header><main class="grid gap-10"><h1 class="text-3xl font-semibold tracking-tight">${title}</h1>${item(row)}${sections.join('')}</main></body></html>`
}

function item(row: Row): string {
  const parts = Object.entries(row).map(([name, value]) => {
    if (value === null) return ''
    const shown =
      typeof value === 'string' && /html/i.test(name)
        ? value
        : escaped(value instanceof Date || typeof value !== 'object' ? value : JSON.stringify(value))
    return `<p class="mt-2 text-soft"><a class="text-link" href="/${name}">${shown}</a></p>`
  })
  return `<li class="py-6">${parts.join('')}</li>`
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(value: unknown): string {
  return String(value).replace(/[&<>"]/g, (mark) => marks[mark] ?? mark)
}
