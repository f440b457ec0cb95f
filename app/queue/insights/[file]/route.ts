import { stringify } from 'csv-stringify/sync'
import { allAnswerNumbers, getPeriod, listDays, type Period } from '#domain/insights/queries.ts'
import { ANSWER_MEASURES, hasInsights, MEASURE_KEYS, MEASURES, RangeOf, WAITING } from '#domain/insights/rules.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { offsetTime } from '#lib/zone.ts'

type Address = { params: Promise<Record<string, string | undefined>> }
type Mentor = { memberId: string }

/** The numbers of the page as a file. */
const files: Record<string, (mentor: Mentor, period: Period) => AsyncGenerator<string>> = { 'days.csv': daysOf, 'answers.csv': answersOf }

export async function GET(request: Request, { params }: Address): Promise<Response> {
  const [viewer, { file = '' }] = await Promise.all([currentViewer(), params])
  const lines = Object.hasOwn(files, file) ? files[file] : undefined
  if (!viewer) return new Response(null, { status: 303, headers: { ...PERSONAL, location: paths.signIn(paths.insights()) } })
  if (!hasInsights(viewer) || !lines) return new Response(null, { status: 404, headers: PERSONAL })
  const range = RangeOf.parse(new URL(request.url).searchParams.get('range'))
  const period = await getPeriod(viewer, range, new Date())
  const headers = {
    ...PERSONAL,
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="perch-${range}-days-${file}"`,
  }
  return new Response(streamOf(lines(viewer, period)), { headers })
}

const PERSONAL = { 'cache-control': 'private, no-store' }

async function* daysOf(mentor: Mentor, period: Period): AsyncGenerator<string> {
  yield csv([['Day', ...MEASURE_KEYS.map((key) => MEASURES[key].name)]])
  yield csv((await listDays(mentor, period)).map((each) => [each.day, ...MEASURE_KEYS.map((key) => each[key])]))
}

async function* answersOf(mentor: Mentor, period: Period): AsyncGenerator<string> {
  yield csv([['Question', 'Address', 'Answered', ...ANSWER_MEASURES.map((key) => MEASURES[key].name), WAITING.name]])
  for await (const rows of allAnswerNumbers(mentor, period)) {
    yield csv(
      rows.map((row) => [
        row.title,
        env().SITE_URL + paths.answer(row.slug, row.id),
        offsetTime(row.answeredAt, period.zone),
        ...ANSWER_MEASURES.map((key) => row[key]),
        row.waiting,
      ]),
    )
  }
}

/** As RFC 4180 has it. What a spreadsheet would take for a formula, since somebody else wrote it, begins with an apostrophe. */
function csv(rows: (string | number)[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' })
}

/** Asks for as much as is taken. Spreadsheets know by the first three bytes that it is UTF-8. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('\ufeff')),
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await lines.return(undefined)),
  })
}
