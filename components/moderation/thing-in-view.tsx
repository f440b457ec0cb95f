import { Html } from '#components/ui/html.tsx'
import type { ThingView } from '#domain/report/queries.ts'
import { paths } from '#lib/paths.ts'

/** What it is about, whole, as readers see or saw it. */
export function ThingInView({ of }: { of: ThingView }) {
  return (
    <div className="border-l-2 border-line pl-4">
      {of.portraitId && <Portrait id={of.portraitId} of={of} />}
      {of.html && <Html className="prose font-serif" html={of.html} />}
      {of.text && <p className="whitespace-pre-wrap break-words">{of.text}</p>}
      {!of.html && !of.text && !of.portraitId && (
        <p className="text-soft">{of.thing === 'profile' ? 'The profile says nothing.' : 'The title is all of it.'}</p>
      )}
    </div>
  )
}

/** A hidden one is at an address for those who decide. */
function Portrait({ id, of }: { id: string; of: ThingView }) {
  const src = of.hiddenAt ? paths.moderatedPortrait(of.id) : paths.portrait(id, 192)
  const look = 'mb-3 size-24 rounded-full bg-line object-cover'
  // biome-ignore lint/performance/noImgElement: it has its size already, and next/image would send a script along
  return <img src={src} alt={`${of.title}, as pictured`} width={96} height={96} className={look} />
}

/** "Answer to “How do you begin?”" */
export function thingName({ thing, title }: Pick<ThingView, 'thing' | 'title'>): string {
  if (thing === 'profile') return `Profile of ${title}`
  if (thing === 'wanted') return `Wanted: ${title}`
  return thing === 'answer' ? `Answer to “${title}”` : title
}

/** Where the public sees it, when it is shown. */
export function thingPath({ thing, slug, id }: Pick<ThingView, 'thing' | 'slug' | 'id'>): string {
  // Which leads on to a mentor's.
  if (thing === 'profile') return paths.member(slug)
  if (thing === 'wanted') return paths.wantedThing(slug)
  return thing === 'answer' ? paths.answer(slug, id) : paths.question(slug)
}
