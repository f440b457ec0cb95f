import { Press } from '#components/ui/press.tsx'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { wanted: { id: string; slug: string; title: string; joinCount: number } }

/** "I want this too". Whoever asked for it sees "You asked for this" in its place. */
export function JoinButton({ wanted }: Props) {
  return (
    <Press
      of={`wanted:${wanted.id}`}
      action={paths.wantedJoins(wanted.slug)}
      answers={{ pressed: 'joined', number: 'people' }}
      own="You asked for this"
      about={wanted.title}
    >
      I want this too
    </Press>
  )
}

/** "12 people", where components/enhance/press.ts writes the number. */
export function People({ wanted }: Props) {
  return (
    <span hidden={!wanted.joinCount} data-number-of={`wanted:${wanted.id}`} data-word="person" data-count={wanted.joinCount}>
      <span data-words="">{count(wanted.joinCount, 'person')}</span>
    </span>
  )
}
