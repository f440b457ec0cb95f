import type { Client } from 'pg'
import { renderAnswer, renderDetails } from '#lib/markdown.ts'
import { sentences } from '#prisma/seed/scale/words.ts'

export const ANSWER_TEXTS = 600
export const DETAILS_TEXTS = 80

/**
 * Texts that SQL picks from, rendered as the site renders them: answers of one to eleven paragraphs, most of them short,
 * and details of questions.
 */
export async function stageTexts(session: Client): Promise<void> {
  await session.query(
    'CREATE TEMP TABLE scale_text (kind text, no int, body text, html text, excerpt text, words tsvector, PRIMARY KEY (kind, no)) ON COMMIT DROP',
  )
  const answers = Array.from({ length: ANSWER_TEXTS }, (_, no) => {
    const body = paragraphs(no, 1 + Math.floor(10 * (no / ANSWER_TEXTS) ** 3))
    return { kind: 'answer', no, body, ...renderAnswer(body) }
  })
  const details = Array.from({ length: DETAILS_TEXTS }, (_, no) => {
    const body = paragraphs(no * 7 + 3, 1 + (no % 2))
    return { kind: 'details', no, body, html: renderDetails(body), excerpt: null }
  })
  await session.query('INSERT INTO scale_text SELECT * FROM json_populate_recordset(NULL::scale_text, $1)', [
    JSON.stringify([...answers, ...details]),
  ])
  // As answer_words() does it, once for all answers that say the same.
  await session.query('UPDATE scale_text SET words = strip(words_of(body))')
  await session.query('ANALYZE scale_text')
}

// Steps that share no divisor with the number of sentences walk through all of them, each text in another order.
const steps = [1, 7, 11, 13, 17, 19, 23, 29]

function paragraphs(seed: number, count: number): string {
  const step = steps[seed % steps.length] ?? 1
  const sentence = (at: number) => sentences[(seed + at * step) % sentences.length]
  return Array.from({ length: count }, (_, p) =>
    Array.from({ length: 2 + ((seed + p) % 4) }, (_, s) => sentence(p * 5 + s)).join(' '),
  ).join('\n\n')
}
