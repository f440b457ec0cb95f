import type { Answer, QAPage, WithContext } from 'schema-dts'
import { textOf } from '#lib/clip.ts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

type QuestionShown = {
  slug: string
  title: string
  detailsHtml: string | null
  askedAt: Date
  answerCount: number
  requestCount: number
  /** Only of an asker who shows the name. */
  askedBy: string | null
}

type AnswerShown = {
  id: string
  html: string
  answeredAt: Date
  editedAt: Date | null
  placed?: { slug: string } | null
  handle: string | null
  name: string
}

/**
 * A question with the answers that its page shows; null without any, since search engines take no QAPage then.
 * No asker is named who does not show the name: the author is left out then, as it is only recommended.
 */
export function questionJsonLd(question: QuestionShown, answers: AnswerShown[]): WithContext<QAPage> | null {
  if (!answers.length) return null
  return {
    '@context': 'https://schema.org',
    '@type': 'QAPage',
    mainEntity: {
      '@type': 'Question',
      name: question.title,
      text: question.detailsHtml ? textOf(question.detailsHtml) : question.title,
      url: env().SITE_URL + paths.question(question.slug),
      datePublished: question.askedAt.toISOString(),
      answerCount: question.answerCount,
      upvoteCount: question.requestCount,
      ...(question.askedBy && { author: { '@type': 'Person', name: question.askedBy } }),
      suggestedAnswer: answers.map((answer) => answerJsonLd(question.slug, answer)),
    },
  }
}

// Nobody votes on answers, and without an upvoteCount search engines ask for none.
function answerJsonLd(slug: string, { id, html, answeredAt, editedAt, placed, handle, name }: AnswerShown): Answer {
  return {
    '@type': 'Answer',
    text: textOf(html),
    // One that was placed here has its address where it was given.
    url: env().SITE_URL + paths.answer(placed?.slug ?? slug, id),
    datePublished: answeredAt.toISOString(),
    ...(editedAt && { dateModified: editedAt.toISOString() }),
    author: { '@type': 'Person', name, ...(handle && { url: env().SITE_URL + paths.mentor(handle) }) },
  }
}
