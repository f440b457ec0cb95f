import { AskLink } from '#components/ask/ask-link.tsx'
import { FollowButton } from '#components/follow/follow-button.tsx'
import { AboutMember } from '#components/member/about-member.tsx'
import { CheckedMark } from '#components/mentor/checked-mark.tsx'
import { roleOrNothing } from '#components/mentor/mentor-row.tsx'
import { ReportLink } from '#components/report/report-link.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import type { MentorProfile } from '#domain/member/queries.ts'
import { checkedText, firstName, whyNotDirectly } from '#domain/member/rules.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

/** The top of a mentor's page: who it is, the role held now, and totals. */
export function MentorHead({ mentor, now }: { mentor: MentorProfile; now: Date }) {
  const closed = whyNotDirectly(mentor, now)
  const community = mentor.communities[0]?.community
  const role = roleOrNothing({ company: mentor.company?.name ?? null, title: mentor.title })
  const checked = checkedOf(mentor)
  const totals = [count(mentor.answerCount, 'answer'), count(mentor.viewCount, 'View'), count(mentor.amaCount, 'AMA')]
  return (
    <div className="mb-10">
      <div className="flex items-center gap-4">
        <Avatar name={mentor.name} portraitId={mentor.portraitId} size="lg" />
        <div className="min-w-0">
          <h1 className="text-3xl font-semibold leading-tight tracking-tight">{mentor.name}</h1>
          <p className="text-soft">
            {mentor.company ? (
              <>
                <a className="quiet-link" href={paths.company(mentor.company.slug)}>
                  {mentor.company.name}
                </a>{' '}
                {mentor.title}
              </>
            ) : (
              role
            )}
          </p>
          {checked && (
            <p className="text-[0.95rem] text-soft">
              <CheckedMark /> {checked}
            </p>
          )}
        </div>
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
        {community && !closed && (
          <AskLink where={{ mentor: mentor.handle }} className="">{`Ask ${firstName(mentor.name)} a question`}</AskLink>
        )}
        {community && closed && <AskLink where={{ community: community.slug }} className="">{`Ask ${community.name}`}</AskLink>}
        <FollowButton thing="mentor" of={{ id: mentor.id, slug: mentor.handle, name: mentor.name }} followers={mentor.followerCount} />
      </div>
      {closed && <p className="mt-4">{closed}</p>}
      <AboutMember member={mentor} />
      <p className="mt-4 flex flex-wrap items-baseline gap-x-5 gap-y-1 text-[0.95rem] text-soft">
        {totals.map((total) => total && <span key={total}>{total}</span>)}
        {mentor.communities.map(({ community }) => (
          <a key={community.slug} className="text-link" href={paths.community(community.slug)}>
            {community.name}
          </a>
        ))}
        {!mentor.profileHiddenAt && <ReportLink thing="profile" id={mentor.id} of={`the profile of ${mentor.name}`} />}
      </p>
    </div>
  )
}

/** What was checked of the role that stands under the name. */
function checkedOf({ company, title, roles }: MentorProfile): string | null {
  const role = roles.find((role) => role.checkedAt && role.title === title && role.company?.name === company?.name)
  return role?.checkedAt && role.checkedHow ? checkedText({ how: role.checkedHow, as: role.checkedAs, at: role.checkedAt }) : null
}
