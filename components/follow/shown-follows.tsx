import { paths } from '#lib/paths.ts'

export type ShownFollow = { thing: 'mentor' | 'topic' | 'question'; id: string; slug: string; name: string }

/** Whom and what a member follows, where they let everybody see it. */
export function ShownFollows({ follows }: { follows: ShownFollow[] }) {
  if (!follows.length) return null
  return (
    <section className="mt-8">
      <h2 className="font-semibold">Follows</h2>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {follows.map(({ thing, id, slug, name }) => (
          <li key={id}>
            <a className="text-link" href={thing === 'mentor' ? paths.mentor(slug) : paths.topic(slug)}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
