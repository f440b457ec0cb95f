import { CheckedBadge } from '#components/mentor/checked-mark.tsx'
import type { MentorThere } from '#domain/company/queries.ts'
import { roleDates } from '#domain/member/rules.ts'

/** What somebody did at one company, and when; a tick where it was checked. */
export function RolesThere({ roles }: Pick<MentorThere, 'roles'>) {
  const said = roles.filter(({ title, startedOn, endedOn }) => title ?? startedOn ?? endedOn)
  return (
    <ul className="text-sm text-soft">
      {said.map((role) => (
        <li key={role.id}>
          {[role.title, roleDates(role)].filter(Boolean).join(', ')} {role.checked && <CheckedBadge checked={role.checked} />}
        </li>
      ))}
    </ul>
  )
}
