import type { ReactNode } from 'react'
import { AmaDate } from '#components/ama/ama-when.tsx'
import { amaPhase, amaShortTitle } from '#domain/ama/rules.ts'
import type { AskingPlace } from '#domain/draft/queries.ts'
import { usualDays } from '#domain/draft/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { place: AskingPlace; medianSeconds: number | null; now: Date }

/** Who reads the question, who may answer it, and how soon, before anybody asks. */
export function WhatToExpect(props: Props) {
  const { community } = props.place
  return (
    <div className="-mt-4 grid gap-2 text-soft">
      <WhoAnswers {...props} />
      <p>
        Everybody can read the question and its answers.
        {community.checking === 'all' && ` A host of ${community.name} looks at every question first.`}
        {community.checking === 'first' && ` A host of ${community.name} looks at everybody’s first question before others see it.`}
      </p>
    </div>
  )
}

function WhoAnswers({ place, medianSeconds, now }: Props): ReactNode {
  const { ama, mentor, mentorIn, community } = place
  if (ama) {
    return (
      <p>
        For the AMA{' '}
        <a className="text-link" href={paths.ama(ama.slug)}>
          {amaShortTitle(ama.mentors, ama.topic.name)}
        </a>
        {amaPhase(ama, now) === 'live' ? (
          ', which is live now.'
        ) : (
          <>
            {' '}
            on <AmaDate ama={ama} />.
          </>
        )}
      </p>
    )
  }
  if (mentor) {
    const others = mentorIn.filter(({ slug }) => slug !== community.slug)
    return (
      <p>
        For {mentor.name}, as a mentor of {community.name}.{others.length > 0 && ' Or as one of '}
        {others.map(({ slug, name }, i) => (
          <span key={slug}>
            {i > 0 && ', '}
            <a className="text-link" href={paths.ask({ mentor: mentor.handle, community: slug })}>
              {name}
            </a>
            {i === others.length - 1 && '.'}
          </span>
        ))}
      </p>
    )
  }
  const mentors = count(community.mentorCount, 'mentor')
  const days = usualDays({ answerCount: community.answerCount, medianSeconds })
  if (!mentors) return <p>No mentor is in {community.name} yet: your question waits, and the host is told.</p>
  return (
    <p>
      {mentors} of {community.name} can answer
      {days && `; half of the questions here are answered within ${days === 1 ? 'a day' : `${days} days`}`}.
    </p>
  )
}
