import { QuestionRow } from '#components/question/question-row.tsx'
import { List } from '#components/ui/list.tsx'
import { OrderLinks } from '#components/ui/order-links.tsx'
import type { QuestionRow as Question } from '#domain/question/queries.ts'
import { orderInAddress, QUESTION_ORDERS, type QuestionOrder } from '#domain/question/rules.ts'
import type { Page } from '#lib/cursor.ts'
import { afterHref } from '#lib/paths.ts'

type Props = { questions: Page<Question>; order: QuestionOrder; path: string; now: Date }

/** Questions of a place in one of their orders, with links to the others; `path` is where the first of them stands. */
export function QuestionLists({ questions, order, path, now }: Props) {
  const { name, says, empty } = QUESTION_ORDERS[order]
  const orders = Object.keys(QUESTION_ORDERS) as QuestionOrder[]
  return (
    <>
      <OrderLinks
        links={orders.map((each) => ({
          name: QUESTION_ORDERS[each].name,
          href: afterHref(path, undefined, orderInAddress(each)),
          current: each === order,
        }))}
      />
      <h2 className="sr-only">{name}</h2>
      <p className="mt-4 max-w-prose text-sm text-soft">{says}</p>
      <List next={questions.next && afterHref(path, questions.next, orderInAddress(order))} more="More questions" empty={empty}>
        {questions.rows.map((question) => (
          <QuestionRow key={question.id} question={question} now={now} />
        ))}
      </List>
    </>
  )
}
