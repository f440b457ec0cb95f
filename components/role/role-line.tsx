import { CheckedMark } from '#components/mentor/checked-mark.tsx'
import { checkedText, roleDates } from '#domain/member/rules.ts'
import type { OwnRole } from '#domain/role/queries.ts'

/** How it stands with an own role: checked, waiting, refused and why, or none of these. */
export function RoleStanding({ role }: { role: OwnRole }) {
  const { checkedAt, checkedHow, checkedAs, applications } = role
  const [newest] = applications
  if (checkedAt && checkedHow)
    return (
      <p>
        <CheckedMark /> {checkedText({ how: checkedHow, as: checkedAs, at: checkedAt })}
      </p>
    )
  if (newest && !newest.decidedAt) return <p className="text-soft">Waits for a host or moderator of {newest.community.name}.</p>
  if (newest?.refusedFor)
    return (
      <p>
        Not accepted in {newest.community.name}: “{newest.refusedFor}”
      </p>
    )
  return <p className="text-soft">Not checked yet.</p>
}

/** "Acme Product Manager", and when. */
export function RoleLine({
  of: { company, claimedCompany, title, ...dates },
}: {
  of: Pick<OwnRole, 'title' | 'claimedCompany' | 'startedOn' | 'endedOn'> & { company: { name: string } | null }
}) {
  return (
    <>
      <span className="font-semibold">{[company?.name ?? claimedCompany, title].filter(Boolean).join(' ')}</span>{' '}
      <span className="text-soft">{roleDates(dates)}</span>
    </>
  )
}
