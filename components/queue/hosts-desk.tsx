import { Section } from '#components/ui/columns.tsx'
import { amaPhase, amaTitle } from '#domain/ama/rules.ts'
import type { AmaOnDesk } from '#domain/queue/queries.ts'
import { count } from '#lib/count.ts'
import { paths } from '#lib/paths.ts'

type Props = { amas: AmaOnDesk[]; communities: { slug: string; name: string; waiting: number }[]; now: Date }

const phases = { upcoming: 'Upcoming', live: 'Live now', past: 'Past' }

/** What a host sees to: the AMAs of the communities, and what waits there for the check. */
export function HostsDesk({ amas, communities, now }: Props) {
  if (communities.length === 0 && amas.length === 0) return null
  return (
    <div className="mt-12">
      <Section heading="AMAs that you host">
        {amas.length === 0 && <p className="max-w-prose py-4 text-soft">None is on, ahead, or was over in the last month.</p>}
        <ul className="divide-y divide-line">
          {amas.map((ama) => (
            <li key={ama.id} className="py-4">
              <h3 className="font-semibold leading-snug">
                <a className="quiet-link" href={paths.ama(ama.slug)}>
                  {amaTitle(ama.mentors, ama.topic.name)}
                </a>
              </h3>
              <p className="mt-1 text-sm text-soft">
                {[phases[amaPhase(ama, now)], count(ama.questionCount, 'question'), answered(ama), waiting(ama)]
                  .filter(Boolean)
                  .join(' • ')}
              </p>
            </li>
          ))}
        </ul>
        {communities.map(({ slug, name, waiting }) => (
          <p key={slug} className="border-t border-line pt-2">
            <a className="text-link inline-flex min-h-11 items-center" href={paths.checking(slug)}>
              {count(waiting, 'question') ? `${count(waiting, 'question')} to check` : 'Nothing to check'} in {name}
            </a>
          </p>
        ))}
      </Section>
    </div>
  )
}

function answered({ answeredCount }: AmaOnDesk): string | null {
  return answeredCount ? `${answeredCount} answered` : null
}

function waiting({ waiting }: AmaOnDesk): string | null {
  return waiting ? `${count(waiting, 'person')} ${waiting === 1 ? 'waits' : 'wait'}` : null
}
