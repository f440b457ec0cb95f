import { Html } from '#components/ui/html.tsx'
import type { TopicView } from '#domain/topic/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

/** What a topic is called and about, and how much there is of it. */
export function TopicHead({ topic }: { topic: TopicView }) {
  const facts = [count(topic.questionCount, 'question'), count(topic.answerCount, 'answer')].filter(Boolean)
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">{topic.name}</h1>
      {facts.length > 0 && <p className="mt-2 text-soft">{facts.join(' · ')}</p>}
      {topic.synonyms.length > 0 && <p className="mt-1 text-sm text-soft">Also called {topic.synonyms.join(', ')}</p>}
      {topic.aboutHtml && <Html className="prose mt-4" html={topic.aboutHtml} />}
      <a
        className="text-link mt-3 inline-flex min-h-11 items-center text-sm"
        hidden
        data-may={`host:${topic.community.id}`}
        data-no-print=""
        href={paths.adminTopic(topic.slug)}
      >
        For hosts: what this topic is called and about
      </a>
    </>
  )
}
