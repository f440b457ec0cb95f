import { paths } from '#lib/paths.ts'

/** A community's topics, each as a link that a thumb can hit. */
export function TopicLinks({ topics }: { topics: { slug: string; name: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-2" aria-label="Topics">
      {topics.map((topic) => (
        <li key={topic.slug}>
          <a
            className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm hover:border-edge"
            href={paths.topic(topic.slug)}
          >
            {topic.name}
          </a>
        </li>
      ))}
    </ul>
  )
}
