import { RestoreForm } from '#components/queue/queue-forms.tsx'
import { actNames, QueueOrders, type QueuePart } from '#components/queue/queue-parts.tsx'
import { QueueRow } from '#components/queue/queue-row.tsx'
import { Empty, Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { Age } from '#components/ui/time.tsx'
import type { AsideRow, Offer, QueueCounts, QueueRow as Row } from '#domain/queue/queries.ts'
import { type Act, canPutBack } from '#domain/queue/rules.ts'
import { count } from '#lib/count.ts'
import { paths, type QueueWhere } from '#lib/paths.ts'
import { fullDate } from '#lib/time.ts'

/** What of a queue is shown. */
export type Listed =
  | { kind: 'cover'; rows: Row[] }
  | { kind: 'plain'; rows: Row[]; next: string | null }
  | { kind: 'offer'; minutes: number; offer: Offer }
  | { kind: 'aside'; act: Act; rows: AsideRow[]; next: string | null }

type Shown = { where: QueueWhere; canAct: boolean; now: Date }
type ListedProps = { list: Listed; counts: QueueCounts; where: QueuePart; canAct: boolean; now: Date }

/** The list that was asked for, with what leads to others. */
export function QueueListed({ list, counts, where, canAct, now }: ListedProps) {
  if (list.kind === 'aside') return <AsideList {...list} now={now} />
  const shown = { where: { from: where.from, order: where.order }, canAct, now }
  return (
    <>
      {list.kind !== 'offer' && <QueueOrders where={where} />}
      {canAct && counts.all > 0 && <MinutesForm minutes={where.minutes} />}
      {list.kind === 'offer' && <OfferList {...shown} {...list} />}
      {list.kind === 'plain' && <QueueList {...shown} {...list} />}
      {list.kind === 'cover' && <QueueList {...shown} rows={list.rows} next={null} more={counts.all > list.rows.length} />}
    </>
  )
}

type QueueListProps = Shown & {
  rows: Row[]
  next: string | null
  /** There are more than those that are weighed against each other. */
  more?: boolean
}

function QueueList({ rows, next, more, ...shown }: QueueListProps) {
  const { where, canAct } = shown
  return (
    <section className="mt-4">
      <h2 className="sr-only">Questions</h2>
      <List next={next && paths.queue({ ...where, after: next })} more="More questions" empty={emptyText(where, canAct)}>
        {rows.map((question) => (
          <QueueRow key={question.id} question={question} {...shown} />
        ))}
      </List>
      {more && rows.length > 0 && (
        <p className="border-t border-line pt-4">
          <a className="text-link inline-flex min-h-11 items-center" href={paths.queue({ ...where, order: 'wanted' })}>
            All of them, most requested first
          </a>
        </p>
      )}
    </section>
  )
}

function emptyText({ from }: QueueWhere, canAct: boolean): string {
  if (!canAct) return 'Nothing waits in the AMAs that you host. What people ask there stands here until it is answered.'
  if (from === 'me') return 'Nobody waits for you in particular. Readers ask you from your page, and other mentors hand questions over.'
  if (from === 'ama') return 'Nothing waits in your AMAs. What people ask there stands here, before, while and after they are on.'
  if (from === 'open') return 'Nothing is open in your communities: everything that was asked there has an answer, or is put to somebody.'
  return 'Nothing waits for you. What people ask you, in your AMAs and in your communities stands here until it has an answer.'
}

function MinutesForm({ minutes }: { minutes: number | undefined }) {
  return (
    <form action={paths.queue()} className="mt-4 flex flex-wrap items-center gap-3">
      <label htmlFor="minutes">I have</label>
      <input
        id="minutes"
        name="minutes"
        type="number"
        min={1}
        max={480}
        required
        defaultValue={minutes ?? 12}
        className="field w-20!"
        autoComplete="off"
      />
      <span aria-hidden="true">minutes</span>
      <button type="submit" className="button button-quiet">
        What helps most<span className="sr-only"> in so many minutes</span>
      </button>
    </form>
  )
}

function OfferList({ offer, minutes, ...shown }: Shown & { offer: Offer; minutes: number }) {
  const people = count(offer.people, 'person')
  const questions = count(offer.rows.length, 'question')
  return (
    <div className="mt-8">
      <Section heading={`In ${count(minutes, 'minute')}`}>
        {questions ? (
          <p className="pt-3">
            {questions}, about {count(offer.minutes, 'minute')}:{' '}
            {offer.rows.length === 1 ? 'an answer helps' : 'answers to all of them help'} {people} who{' '}
            {offer.people === 1 ? 'waits' : 'wait'}.
          </p>
        ) : (
          <Empty>Nothing that waits is answered in so short a time. With a few minutes more something is.</Empty>
        )}
        <p className="mt-2 text-sm text-soft">{paceText(offer.pace)}</p>
        {offer.rows.length > 0 && (
          <List empty="">
            {offer.rows.map((question) => (
              <QueueRow key={question.id} question={question} {...shown} />
            ))}
          </List>
        )}
      </Section>
    </div>
  )
}

function paceText(pace: number | null): string {
  if (pace !== null) return `Taken at your pace: ${count(pace, 'minute')} an answer, the middle of the times between your last ones.`
  return 'Three minutes are taken for each, and one more for every 400 characters of the question, until five times between answers of yours say how long you need.'
}

type AsideProps = { act: Act; rows: AsideRow[]; next: string | null; now: Date }

function AsideList({ act, rows, next, now }: AsideProps) {
  return (
    <div className="mt-8">
      <Section heading={actNames[act]}>
        <List next={next && paths.queue({ aside: act, after: next })} more="More questions" empty="Nothing is set aside here.">
          {rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-5">
              <div className="min-w-0">
                <h3 className="font-semibold leading-snug">
                  <a className="quiet-link" href={paths.question(row.slug)}>
                    {row.title}
                  </a>
                </h3>
                <p className="mt-1 text-sm text-soft">
                  {row.until && `Back on ${fullDate(row.until, row.zone)} • `}
                  {row.to && `To ${row.to} • `}
                  {row.words && <q>{row.words}</q>}
                  {row.words && ' • '}
                  <Age at={row.setAsideAt} now={now} />
                </p>
              </div>
              {canPutBack({ act }) && (
                <RestoreForm question={row} where={{}}>
                  Put it back
                </RestoreForm>
              )}
            </li>
          ))}
        </List>
      </Section>
    </div>
  )
}
