import { type ShownFollow, ShownFollows } from '#components/follow/shown-follows.tsx'
import { AboutMember } from '#components/member/about-member.tsx'
import { ReportLink } from '#components/report/report-link.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import type { MemberProfile } from '#domain/member/queries.ts'
import { shortDate } from '#lib/time.ts'

/** A member's page: who it is, and what they say of themselves. */
export function MemberHead({ member, follows, now }: { member: MemberProfile; follows: ShownFollow[]; now: Date }) {
  return (
    <div className="mx-auto max-w-[43.5rem]">
      <div className="flex items-center gap-4">
        <Avatar name={member.name} portraitId={member.portraitId} size="lg" />
        <div className="min-w-0">
          <h1 className="break-words text-3xl font-semibold leading-tight tracking-tight">{member.name}</h1>
          <p className="text-soft">Here since {shortDate(member.createdAt, now)}</p>
        </div>
      </div>
      <AboutMember member={member} />
      <ShownFollows follows={follows} />
      <p className="mt-6">
        <ReportLink thing="profile" id={member.id} of={`the profile of ${member.name}`} />
      </p>
    </div>
  )
}
