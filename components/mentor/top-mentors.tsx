import { MentorRail } from '#components/mentor/mentor-row.tsx'
import { Empty, MoreLink, Rail } from '#components/ui/columns.tsx'
import { BY_NAME_ALONE, mentorsHeading } from '#domain/member/rules.ts'
import type { TopMentors as Top } from '#domain/related/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { community: { slug: string; name: string }; top: Top; none: string }

/** The rail "Top {community} Mentors"; `none` is what it says where no mentor is there at all. */
export function TopMentors({ community, top, none }: Props) {
  return (
    <Rail heading={mentorsHeading(community.name, top.proven)}>
      <MentorRail mentors={top.mentors} />
      {!top.mentors.length && <Empty>{top.others ? BY_NAME_ALONE : none}</Empty>}
      <MoreLink href={paths.communityMentors(community.slug)}>All mentors</MoreLink>
    </Rail>
  )
}
