import { CheckedMark } from '#components/mentor/checked-mark.tsx'
import type { MentorProfile } from '#domain/member/queries.ts'
import { checkedText, roleDates } from '#domain/member/rules.ts'
import { paths } from '#lib/paths.ts'

/** A mentor's roles over time, the present one first. */
export function Roles({ roles }: { roles: MentorProfile['roles'] }) {
  return (
    <ol className="grid gap-4 border-l border-line pl-4">
      {roles.map((role) => (
        <li key={role.id}>
          <p className="font-medium leading-snug">{role.title ?? role.company?.name ?? role.claimedCompany}</p>
          <p className="text-sm text-soft">
            {role.title && role.company && (
              <a className="quiet-link" href={paths.company(role.company.slug)}>
                {role.company.name}
              </a>
            )}
            {role.title && role.claimedCompany}
          </p>
          <p className="text-sm text-soft">{roleDates(role)}</p>
          {role.checkedAt && role.checkedHow && (
            <p className="mt-0.5 text-sm text-soft">
              <CheckedMark /> {checkedText({ how: role.checkedHow, as: role.checkedAs, at: role.checkedAt })}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}
