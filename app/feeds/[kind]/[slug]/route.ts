import { v5 } from 'uuid'
import { Slug } from '#domain/community/rules.ts'
import { feedSlugKind, getFeedSubject, listNewestAnswers } from '#domain/feed/queries.ts'
import { FeedKindGiven, feedTitle } from '#domain/feed/rules.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { ATOM_TYPE, atomDocument } from '#lib/atom.ts'
import { env } from '#lib/env.ts'
import { type FeedKind, paths } from '#lib/paths.ts'

export const dynamic = 'force-dynamic'

/** The newest answers as an Atom feed. */
export async function GET(_request: Request, { params }: { params: Promise<{ kind: string; slug: string }> }): Promise<Response> {
  const given = await params
  const kind = FeedKindGiven.safeParse(given.kind).data
  const slug = Slug.safeParse(given.slug).data
  if (!kind || !slug) return noFeed()
  const subject = await getFeedSubject(kind, slug)
  if (!subject) {
    const moved = await currentSlug(feedSlugKind[kind], slug)
    return moved ? new Response(null, { status: 308, headers: { location: paths.feed(kind, moved) } }) : noFeed()
  }
  const site = env().SITE_URL
  const answers = await listNewestAnswers(kind, subject.id)
  const document = atomDocument({
    id: subject.id,
    title: feedTitle(kind, subject.name),
    subtitle: 'People who have done a job answer questions about it.',
    self: site + paths.feed(kind, slug),
    page: site + pages[kind](slug),
    icon: `${site}/favicon.ico`,
    updated: subject.createdAt,
    entries: answers.map((answer) => ({
      id: entryId(answer),
      title: answer.question,
      link: site + paths.answer(answer.slug, answer.id),
      published: answer.answeredAt,
      updated: answer.updatedAt,
      author: { name: answer.name, ...(answer.handle && { uri: site + paths.mentor(answer.handle) }) },
      html: answer.html,
      summary: answer.excerpt,
    })),
  })
  return new Response(document, { headers: { 'content-type': ATOM_TYPE } })
}

// UUID of a feed's entry: the answer's own, and for each question on which it was placed one that is always the same.
function entryId({ id, placedOn }: { id: string; placedOn: string | null }): string {
  return placedOn ? v5(placedOn, id) : id
}

const pages: Record<FeedKind, (slug: string) => string> = {
  communities: paths.community,
  topics: paths.topic,
  mentors: paths.mentor,
  amas: paths.ama,
}

function noFeed(): Response {
  return new Response('There is no such feed.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
