import { HtmlOnce } from '#components/ui/html-once.tsx'
import type { ThingView } from '#domain/report/queries.ts'
import { paths } from '#lib/paths.ts'

/** What it is about, whole, as readers see or saw it. */
export function ThingInView({ of }: { of: ThingView }) {
  return (
    <div className="border-l-2 border-line pl-4">
      {of.html && <HtmlOnce className="prose font-serif" html={of.html} />}
      {of.text && <p className="whitespace-pre-wrap">{of.text}</p>}
      {!of.html && !of.text && (
        <p className="text-soft">{of.thing === 'profile' ? 'The profile says nothing.' : 'The title is all of it.'}</p>
      )}
    </div>
  )
}

/** "Answer to “How do you begin?”" */
export function thingName({ thing, title }: Pick<ThingView, 'thing' | 'title'>): string {
  if (thing === 'profile') return `Profile of ${title}`
  return thing === 'answer' ? `Answer to “${title}”` : title
}

/** Where the public sees it, when it is shown. */
export function thingPath({ thing, slug, id }: Pick<ThingView, 'thing' | 'slug' | 'id'>): string {
  if (thing === 'profile') return paths.mentor(slug)
  return thing === 'answer' ? paths.answer(slug, id) : paths.question(slug)
}
