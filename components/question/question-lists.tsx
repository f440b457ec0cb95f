import { QuestionRow } from '#components/question/question-row.tsx'
import { OrderedList } from '#components/ui/ordered-list.tsx'
import type { QuestionRow as Question } from '#domain/question/queries.ts'
import { orderInAddress, QUESTION_ORDERS, type QuestionOrder } from '#domain/question/rules.ts'
import type { Page } from '#lib/cursor.ts'

type Props = { questions: Page<Question>; order: QuestionOrder; path: string; now: Date }

/** Questions of a place in one of their orders, with links to the others; `path` is where the first of them stands. */
export function QuestionLists({ questions, order, path, now }: Props) {
  return (
    <OrderedList orders={QUESTION_ORDERS} order={order} inAddress={orderInAddress} path={path} next={questions.next} more="More questions">
      {questions.rows.map((question) => (
        <QuestionRow key={question.id} question={question} now={now} />
      ))}
    </OrderedList>
  )
}
