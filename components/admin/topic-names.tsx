import { paths } from '#lib/paths.ts'

/** A community's topics, each leading to where it is edited. */
export function TopicNames({ topics }: { topics: { slug: string; name: string }[] }) {
  if (!topics.length) return <p className="text-soft">No topic yet.</p>
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {topics.map(({ slug, name }) => (
        <li key={slug}>
          <a className="text-link inline-flex min-h-11 items-center" href={paths.adminTopic(slug)}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
