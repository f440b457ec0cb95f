import { MentorRow } from '#components/mentor/mentor-row.tsx'
import { List } from '#components/ui/list.tsx'
import { OrderLinks } from '#components/ui/order-links.tsx'
import type { CommunityMentorRow } from '#domain/member/queries.ts'
import { MENTOR_ORDERS, type MentorOrder, mentorOrderInAddress, shownHelped } from '#domain/member/rules.ts'
import { count } from '#lib/count.ts'
import type { Page } from '#lib/cursor.ts'
import { afterHref } from '#lib/paths.ts'

type Props = { mentors: Page<CommunityMentorRow>; order: MentorOrder; path: string }

/** The mentors of a community by name, or by people helped in a period, with links to the others. Nobody has a place with a number. */
export function MentorLists({ mentors, order, path }: Props) {
  const { name, says, empty } = MENTOR_ORDERS[order]
  const orders = Object.keys(MENTOR_ORDERS) as MentorOrder[]
  return (
    <>
      <OrderLinks
        links={orders.map((each) => ({
          name: MENTOR_ORDERS[each].name,
          href: afterHref(path, undefined, mentorOrderInAddress(each)),
          current: each === order,
        }))}
      />
      <h2 className="sr-only">{name}</h2>
      <p className="mb-2 mt-4 max-w-prose text-sm text-soft">{says}</p>
      <List next={mentors.next && afterHref(path, mentors.next, mentorOrderInAddress(order))} more="More mentors" empty={empty}>
        {mentors.rows.map((mentor) => (
          <li key={mentor.id} className="py-4">
            <MentorRow mentor={mentor}>
              <p className="text-sm text-soft">{factsOf(mentor)}</p>
            </MentorRow>
          </li>
        ))}
      </List>
    </>
  )
}

function factsOf({ helped, answerCount }: CommunityMentorRow): string | null {
  const people = count(shownHelped(helped), 'person')
  return people ? `Helped ${people}` : count(answerCount, 'answer')
}
