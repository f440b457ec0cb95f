const words = {
  AMA: 'AMAs',
  Answer: 'Answers',
  answer: 'answers',
  community: 'communities',
  company: 'companies',
  'demo account': 'demo accounts',
  follower: 'followers',
  member: 'members',
  mentor: 'mentors',
  minute: 'minutes',
  'new question': 'new questions',
  person: 'people',
  question: 'questions',
  'recovery code': 'recovery codes',
  report: 'reports',
  request: 'requests',
  topic: 'topics',
  update: 'updates',
  View: 'Views',
  view: 'views',
} as const

/** The singular of a word that pages count. */
export type Counted = keyof typeof words

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/**
 * "1 request", "4 requests", "10,924 Views"; null for zero and whatever is not a count, which no page prints.
 */
export function count(n: number, word: Counted): string | null {
  const figure = thousands(n)
  return figure === null ? null : `${figure} ${plural(n, word)}`
}

/** "10,924"; null for zero and whatever is not a count. */
export function thousands(n: number): string | null {
  return Number.isSafeInteger(n) && n > 0 ? numbers.format(n) : null
}

/** The word for n of them, where the figure stands elsewhere: "request" for 1, "requests" for all others. */
export function plural(n: number, word: Counted): string {
  // Intl.PluralRules says the same of English whole numbers, and costs a formatter.
  return n === 1 ? word : words[word]
}
