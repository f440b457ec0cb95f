import { AmaPhaseMark } from '#components/ama/ama-phase.tsx'
import { AmaDate, AmaWhen } from '#components/ama/ama-when.tsx'
import { AskLink } from '#components/ask/ask-link.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { Html } from '#components/ui/html.tsx'
import { MaybeLink } from '#components/ui/maybe-link.tsx'
import { Press } from '#components/ui/press.tsx'
import { ShortDate } from '#components/ui/time.tsx'
import type { AmaView } from '#domain/ama/queries.ts'
import { amaPhase, amaShortTitle, amaTitleParts, type TitlePart } from '#domain/ama/rules.ts'
import { type Sums, sumsText } from '#domain/closing/rules.ts'
import { firstName } from '#domain/member/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

const PART: Record<TitlePart['kind'], string> = { quiet: 'font-normal text-quiet', who: '', topic: 'text-accent' }

/**
 * The top of an AMA's page: who holds it, the title, when, how much, and what can be done there; a `preview` only shows it.
 * `sums`, of one that is closed: what became of its questions.
 */
export function AmaHead({ ama, now, preview, sums }: { ama: AmaView; now: Date; preview?: true; sums?: Sums }) {
  const phase = amaPhase(ama, now)
  const Title = preview ? 'h2' : 'h1'
  const coming = !preview && phase === 'upcoming' && !ama.cancelledAt
  return (
    <div className="border-b border-line pb-7">
      <ul className="flex flex-wrap gap-x-5 gap-y-2">
        {ama.mentors.map((mentor) => (
          <li key={mentor.id}>
            <MaybeLink className="flex items-center gap-2.5 font-semibold" href={mentor.handle && paths.mentor(mentor.handle)}>
              <Avatar name={mentor.name} portraitId={mentor.portraitId} />
              {mentor.name}
            </MaybeLink>
          </li>
        ))}
      </ul>
      <Title className="mt-5 text-[1.9rem] font-semibold leading-[1.13] tracking-[-0.025em] sm:text-[2.6rem]">
        {amaTitleParts(ama.mentors, ama.topic.name).map(({ text, kind }) => (
          <span key={text} className={PART[kind]}>
            {text}
          </span>
        ))}
      </Title>
      <p className="mt-4 text-[1.02rem] font-semibold" data-live-part="when">
        <AmaWhen ama={ama} now={now} />
      </p>
      <p className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-[0.95rem] text-soft">
        <span data-live-part="phase">
          <AmaPhaseMark ama={ama} now={now} />
        </span>
        <a className="quiet-link" href={paths.community(ama.community.slug)}>
          {ama.community.name}
        </a>
        <span data-live-part="count">{sums ? sumsText(sums) : answered(ama)}</span>
        <span data-live-here="" hidden />
      </p>
      <div data-live-part="said">
        {ama.introductionHtml && <Html className="prose mt-5 max-w-[65ch]" html={ama.introductionHtml} />}
        {ama.closedAt && <Closed ama={ama} closedAt={ama.closedAt} now={now} />}
        {ama.cancelledAt && <Cancelled ama={ama} cancelledAt={ama.cancelledAt} now={now} />}
      </div>
      <div data-live-part="way">
        {!preview && phase !== 'past' && !ama.cancelledAt && <WayToAsk ama={ama} now={now} />}
        {phase === 'past' && ama.answeredCount > 0 && (
          <p className="mt-6" data-no-print="">
            <a className="button" href="#answers">
              View AMA Answers
            </a>
          </p>
        )}
      </div>
      <div data-live-part="coming">
        {coming && (
          <>
            {/* As high as its one line, which the browser fills in: the page is the same for everybody. */}
            <p
              className="mt-5 min-h-[1.5em] text-soft tabular-nums"
              data-needs-js=""
              data-no-print=""
              data-countdown={ama.startsAt.toISOString()}
            />
            <Keep ama={ama} />
          </>
        )}
      </div>
    </div>
  )
}

/** Asking, once questions are open. */
function WayToAsk({ ama, now }: { ama: AmaView; now: Date }) {
  const { questionsOpenAt: opensAt, timeZone } = ama
  if (!opensAt || opensAt <= now) return <AskLink where={{ ama: ama.slug }}>{askLabel(ama)}</AskLink>
  return (
    <p className="mt-6">
      Questions open on <AmaDate ama={{ startsAt: opensAt, timeZone }} />.
    </p>
  )
}

/** What helps to be there: being reminded, the calendar. */
function Keep({ ama }: { ama: AmaView }) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2 text-[0.95rem]" data-no-print="">
      <Press
        of={`reminder:${ama.id}`}
        action={paths.reminders(ama.slug)}
        answers={{ pressed: 'reminding' }}
        about={amaShortTitle(ama.mentors, ama.topic.name)}
        quiet
      >
        Remind me
      </Press>
      <a className="text-link" href={paths.amaCalendar(ama.slug)}>
        Add to your calendar
      </a>
    </div>
  )
}

/** That it is the archive now, and what was said at the end. */
function Closed({ ama, closedAt, now }: { ama: AmaView; closedAt: Date; now: Date }) {
  return (
    <section aria-label="Closed" className="mt-5 max-w-[65ch]">
      {ama.closingNoteHtml && <Html className="prose border-l-2 border-line pl-4" html={ama.closingNoteHtml} />}
      <p className="mt-3 text-[0.95rem] text-soft">
        Closed on <ShortDate at={closedAt} now={now} />.
      </p>
    </section>
  )
}

/** That it was cancelled, and where its questions went. */
function Cancelled({ ama, cancelledAt, now }: { ama: AmaView; cancelledAt: Date; now: Date }) {
  const questions = count(ama.questionCount, 'question')
  return (
    <p className="mt-5 max-w-[65ch]">
      This AMA was cancelled on <ShortDate at={cancelledAt} now={now} />.{' '}
      {questions && `What was asked stays open in ${ama.community.name}: its mentors can answer the ${questions} below.`}
    </p>
  )
}

/** "Ask Mara a question"; several mentors are not told apart. */
function askLabel({ mentors: [first, ...others] }: AmaView): string {
  return first && !others.length ? `Ask ${firstName(first.name)} a question` : 'Ask a question'
}

/** "10 questions, all answered", "10 questions, 4 answered", "7 questions". */
function answered({ questionCount, answeredCount }: AmaView): string | null {
  const questions = count(questionCount, 'question')
  if (!questions || !answeredCount) return questions
  if (questionCount === answeredCount) return questionCount === 1 ? '1 question, answered' : `${questions}, all answered`
  return `${questions}, ${answeredCount.toLocaleString('en-US')} answered`
}
