import { MaybeLink } from '#components/ui/maybe-link.tsx'
import type { HostedAma } from '#domain/ama/queries.ts'
import { byline } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'

const STANDING = { holds: 'said yes', asked: 'has not answered yet', declined: 'said no' } as const

/** Who is to hold an AMA, and what each of them said. */
export function AmaPeople({ people }: { people: HostedAma['people'] }) {
  return (
    <ul className="divide-y divide-line">
      {people.map((person) => (
        <li key={person.id} className="py-4">
          <p>
            <MaybeLink className="font-semibold" href={person.handle && paths.mentor(person.handle)}>
              {person.name}
            </MaybeLink>{' '}
            <span className="text-soft">{byline(person, '')}</span>
          </p>
          <p className="mt-0.5 text-[0.95rem] text-soft">
            {STANDING[person.standing]}
            {person.words && `: “${person.words}”`}
          </p>
        </li>
      ))}
    </ul>
  )
}
