import { Empty } from '#components/ui/columns.tsx'
import type { CommunitySummary } from '#domain/community/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

export function CommunityRail({ communities }: { communities: CommunitySummary[] }) {
  if (!communities.length) return <Empty>There is no community yet. The people who run this site begin the first one.</Empty>
  return (
    <ul className="grid gap-4">
      {communities.map((community) => (
        <li key={community.id}>
          <a className="quiet-link font-semibold" href={paths.community(community.slug)}>
            {community.name}
          </a>
          <CommunityFacts community={community} />
        </li>
      ))}
    </ul>
  )
}

/** "9 mentors · 5 AMAs · 50 questions" */
export function CommunityFacts({ community }: { community: CommunitySummary }) {
  const facts = [count(community.mentorCount, 'mentor'), count(community.amaCount, 'AMA'), count(community.questionCount, 'question')]
  return <p className="text-sm text-soft">{facts.filter(Boolean).join(' · ')}</p>
}
