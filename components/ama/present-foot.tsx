import type { Presented } from '#domain/question/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { slug: string; presented: Presented; chosen: boolean }

/** The ways of a projector: plain links, and what needs a script (components/ama/while-presenting.ts). */
export function PresentFoot({ slug, presented: { before, after }, chosen }: Props) {
  return (
    <nav aria-label="Questions" className="present-foot flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line pt-3 text-soft">
      <span className="contents" data-live-part="way">
        <Way go="before" slug={slug} number={before}>
          Previous
        </Way>
        <Way go="after" slug={slug} number={after}>
          Next question
        </Way>
        {chosen && (
          <a className="text-link inline-flex min-h-11 items-center" href={paths.presentAma(slug)} data-present-go="current">
            What is being answered
          </a>
        )}
      </span>
      <button type="button" data-needs-js="" data-present-size="-1" className="text-link min-h-11 cursor-pointer">
        Smaller
      </button>
      <button type="button" data-needs-js="" data-present-size="1" className="text-link min-h-11 cursor-pointer">
        Larger
      </button>
      <button type="button" data-needs-js="" data-present-full="" className="text-link min-h-11 cursor-pointer">
        Full screen
      </button>
      <button type="button" data-needs-js="" data-present-help="" className="text-link min-h-11 cursor-pointer">
        Keys
      </button>
      <a className="text-link ml-auto inline-flex min-h-11 items-center" href={paths.ama(slug)}>
        Back to the AMA
      </a>
    </nav>
  )
}

function Way({ go, slug, number, children }: { go: string; slug: string; number: number | null; children: string }) {
  if (number === null) return null
  return (
    <a className="text-link inline-flex min-h-11 items-center" href={paths.presentAma(slug, number)} data-present-go={go}>
      {children}
      <span className="sr-only">: number {number}</span>
    </a>
  )
}

const KEYS: [key: string, does: string][] = [
  ['→', 'Next question'],
  ['←', 'Question before'],
  ['c', 'What is being answered'],
  ['+', 'Larger'],
  ['-', 'Smaller'],
  ['f', 'Full screen'],
  ['?', 'Show these keys'],
]

/** What the keyboard and a presenter's remote do here, in the browser's own dialog. */
export function PresentKeys() {
  return (
    <dialog
      id="present-keys"
      aria-labelledby="present-keys-heading"
      className="m-auto w-[min(24rem,calc(100vw-2.5rem))] rounded-[0.6rem] border border-line bg-raised p-6 text-ink shadow-lg backdrop:bg-black/40"
    >
      <h2 id="present-keys-heading" className="text-lg font-semibold">
        Keys
      </h2>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {KEYS.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-8 rounded border border-line px-1.5 py-0.5 text-center font-sans text-sm">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex min-h-11 items-center gap-3">
        <input type="checkbox" data-present-letters="" defaultChecked className="size-5 shrink-0 accent-accent" />
        Use these keys in this browser
      </label>
      <form method="dialog" className="mt-3">
        <button type="submit" className="button button-quiet">
          Close
        </button>
      </form>
    </dialog>
  )
}
