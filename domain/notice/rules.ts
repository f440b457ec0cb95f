import { fullDate } from '#lib/time.ts'

/** What a notice is of, as its reader knows it. */
type About = { act: string; question: { title: string } | null; answer: { question: { title: string } } | null; until: Date | null }

/** A notice in one line: 'Your answer to "How do you begin?" was hidden.' */
export function noticeText({ act, question, answer, until }: About): string {
  if (act === 'suspend') return `Your account is suspended until ${until ? fullDate(until) : 'further notice'}.`
  const mine = question
    ? `Your question “${question.title}”`
    : answer
      ? `Your answer to “${answer.question.title}”`
      : 'What your profile says'
  return `${mine} ${act === 'hide' ? 'was hidden' : 'is shown again'}.`
}
