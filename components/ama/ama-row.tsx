import type { ReactNode } from 'react'
import { AmaPhaseMark } from '#components/ama/ama-phase.tsx'
import { AmaDate, AmaWhen } from '#components/ama/ama-when.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import type { AmaRow as Ama } from '#domain/ama/queries.ts'
import { amaShortTitle, amaTitle } from '#domain/ama/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { ama: Ama; now: Date; words?: (text: string) => ReactNode }

/** An AMA in a list, with its whole title. */
export function AmaRow({ ama, now, words = (text) => text }: Props) {
  const questions = count(ama.questionCount, 'question')
  return (
    <li className="flex gap-4 py-6">
      <span className="flex shrink-0 flex-col -space-y-4 pt-0.5">
        {ama.mentors.slice(0, 2).map((mentor) => (
          <Avatar key={mentor.id} name={mentor.name} portraitId={mentor.portraitId} />
        ))}
      </span>
      <div className="min-w-0">
        <h3 className="text-lg font-semibold leading-snug">
          <a className="quiet-link" href={paths.ama(ama.slug)}>
            {words(amaTitle(ama.mentors, ama.topic.name))}
          </a>
        </h3>
        <div className="mt-1.5 flex flex-wrap items-baseline gap-x-5 gap-y-1 text-sm text-soft">
          <AmaPhaseMark ama={ama} now={now} />
          {questions && <span>{questions}</span>}
          <AmaWhen ama={ama} now={now} />
        </div>
      </div>
    </li>
  )
}

/** AMAs in a rail: the title without "AMA:", and the date. */
export function AmaRail({ amas }: { amas: Ama[] }) {
  return (
    <ul className="grid gap-4">
      {amas.map((ama) => (
        <li key={ama.id} className="flex gap-3">
          <Avatar name={ama.mentors[0]?.name ?? ama.topic.name} portraitId={ama.mentors[0]?.portraitId ?? null} />
          <div className="min-w-0">
            <a className="quiet-link font-semibold leading-snug" href={paths.ama(ama.slug)}>
              {amaShortTitle(ama.mentors, ama.topic.name)}
            </a>
            <p className="mt-0.5 text-sm text-soft">
              <AmaDate ama={ama} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
