import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { OrderedList } from '#components/ui/ordered-list.tsx'
import type { CommunityMentorRow } from '#domain/member/queries.ts'
import { MENTOR_ORDERS, type MentorOrder, mentorOrderInAddress, shownHelped } from '#domain/member/rules.ts'
import { count } from '#lib/count.ts'
import type { Page } from '#lib/cursor.ts'

type Props = { mentors: Page<CommunityMentorRow>; order: MentorOrder; path: string }

/** The mentors of a community by name, or by people helped in a period, with links to the others. Nobody has a place with a number. */
export function MentorLists({ mentors, order, path }: Props) {
  return (
    <OrderedList orders={MENTOR_ORDERS} order={order} inAddress={mentorOrderInAddress} path={path} next={mentors.next} more="More mentors">
      {mentors.rows.map((mentor) => (
        <li key={mentor.id} className="py-4 first:pt-6">
          <MentorRow mentor={mentor}>
            <p className="text-sm text-soft">{factsOf(mentor)}</p>
          </MentorRow>
        </li>
      ))}
    </OrderedList>
  )
}

function factsOf({ helped, answerCount }: CommunityMentorRow): string | null {
  const people = count(shownHelped(helped), 'person')
  return people ? `Helped ${people}` : count(answerCount, 'answer')
}
