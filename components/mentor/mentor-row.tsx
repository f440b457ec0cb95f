import type { ReactNode } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import type { MentorRow as Mentor } from '#domain/member/queries.ts'
import { byline, type RoleThen } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'

type Props = { mentor: Mentor; children?: ReactNode; words?: (text: string) => ReactNode }

/** A mentor in a rail or a list: name, then "{company} {title}". */
export function MentorRow({ mentor, children, words = (text) => text }: Props) {
  return (
    <div className="flex gap-3">
      <Avatar name={mentor.name} portraitId={mentor.portraitId} />
      <div className="min-w-0">
        <a className="quiet-link font-semibold" href={paths.mentor(mentor.handle)}>
          {words(mentor.name)}
        </a>
        <p className="text-sm text-soft">{words(roleOrNothing(mentor) ?? '')}</p>
        {children}
      </div>
    </div>
  )
}

export function MentorRail({ mentors }: { mentors: Mentor[] }) {
  return (
    <ul className="grid gap-4">
      {mentors.map((mentor) => (
        <li key={mentor.id}>
          <MentorRow mentor={mentor} />
        </li>
      ))}
    </ul>
  )
}

/** The byline where it is a role; the name alone would only say again what stands above it. */
export function roleOrNothing(role: RoleThen): string | null {
  return byline(role, '') || null
}
