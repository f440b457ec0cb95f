import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { FILE_POLICY } from '#lib/front/security-headers.ts'
import type { Logger } from '#lib/log.ts'

/** The largest report that is read, in bytes. */
const REPORT_LIMIT = 16 * 1024
/** Reports that reach the log per minute; anybody can send them. */
const PER_MINUTE = 10

/** Takes browsers' reports and writes the first few of each minute to the log. Always answers 204: nobody reads the answer. */
export function createReportTaker(log: Logger, common: readonly string[]): (req: IncomingMessage, res: ServerResponse) => void {
  let minute = 0
  let taken = 0

  function note(text: string): void {
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) [minute, taken] = [now, 0]
    for (const report of readReports(text)) {
      taken += 1
      if (taken > PER_MINUTE) return
      log.warn({ report }, 'a browser refused something by the content security policy')
    }
  }

  return (req, res) => {
    const chunks: Buffer[] = []
    let length = 0
    req.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= REPORT_LIMIT) chunks.push(chunk)
    })
    req.on('end', () => {
      if (length <= REPORT_LIMIT) note(Buffer.concat(chunks).toString('utf8'))
      res.writeHead(204, [...common, 'content-security-policy', FILE_POLICY, 'cache-control', 'no-store']).end()
    })
  }
}

const text = z.string().max(2_000).optional()
const line = z.number().optional()
// What `report-uri` sends, and what the Reporting API sends.
const OldReport = z.object({
  'csp-report': z.object({
    'document-uri': text,
    'effective-directive': text,
    'violated-directive': text,
    'blocked-uri': text,
    'source-file': text,
    'line-number': line,
  }),
})
const NewReports = z
  .array(
    z.object({ body: z.object({ documentURL: text, effectiveDirective: text, blockedURL: text, sourceFile: text, lineNumber: line }) }),
  )
  .max(20)

type Report = { page?: string; directive?: string; blocked?: string; source?: string; line?: number }

function readReports(body: string): Report[] {
  const json = parseJson(body)
  const old = OldReport.safeParse(json)
  if (old.success) {
    const report = old.data['csp-report']
    const directive = report['effective-directive'] ?? report['violated-directive']
    return [tidy(report['document-uri'], directive, report['blocked-uri'], report['source-file'], report['line-number'])]
  }
  const reports = NewReports.safeParse(json)
  if (!reports.success) return []
  return reports.data.map(({ body: r }) => tidy(r.documentURL, r.effectiveDirective, r.blockedURL, r.sourceFile, r.lineNumber))
}

function tidy(page?: string, directive?: string, blocked?: string, source?: string, at?: number): Report {
  return {
    page: withoutQuery(page),
    directive: directive?.slice(0, 50),
    blocked: withoutQuery(blocked),
    source: withoutQuery(source),
    line: at,
  }
}

// A query may hold what somebody typed.
function withoutQuery(address: string | undefined): string | undefined {
  return address?.replace(/[?#].*$/s, '').slice(0, 200)
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
