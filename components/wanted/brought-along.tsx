import type { ReactNode } from 'react'
import { Section } from '#components/ui/columns.tsx'
import { List } from '#components/ui/list.tsx'
import { QUESTIONS } from '#domain/wanted/rules.ts'

/** The questions that people brought along, without a name; `actions` stands below each. */
export function BroughtAlong({ questions, actions }: { questions: string[]; actions?: (question: string, i: number) => ReactNode }) {
  return (
    <Section heading="Their questions">
      <List empty="Nobody has brought a question along yet. Whoever joins can.">
        {questions.map((question, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may ask the same, and the list never changes in place
          <li key={i} className="break-words py-3">
            {question}
            {actions?.(question, i)}
          </li>
        ))}
      </List>
      {questions.length === QUESTIONS && <p className="mt-3 text-soft">These are the first {QUESTIONS}. No others stand in the AMA.</p>}
    </Section>
  )
}
