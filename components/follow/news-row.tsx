import type { ReactNode } from 'react'
import { AmaWhen } from '#components/ama/ama-when.tsx'
import { roleOrNothing } from '#components/mentor/mentor-row.tsx'
import { Age } from '#components/ui/time.tsx'
import { amaShortTitle } from '#domain/ama/rules.ts'
import type { News } from '#domain/follow/queries.ts'
import { paths } from '#lib/paths.ts'

/** Something new of what one follows: what it is, and since when. */
export function NewsRow({ news, now }: { news: News; now: Date }) {
  const { label, title, href, text } = wordsOf(news, now)
  return (
    <li className="py-6">
      <p className="text-sm text-soft">
        {label} <span aria-hidden="true">• </span>
        <Age at={news.at} now={now} />
      </p>
      <h2 className="mt-1 text-lg font-semibold leading-snug">
        <a className="quiet-link" href={href}>
          {title}
        </a>
      </h2>
      {text && <p className="mt-2 font-serif leading-relaxed">{text}</p>}
    </li>
  )
}

function wordsOf(news: News, now: Date): { label: ReactNode; title: string; href: string; text?: string } {
  if (news.kind === 'question') return { label: 'New question', title: news.title, href: paths.question(news.slug) }
  if (news.kind === 'ama') {
    const title = amaShortTitle(news.mentors, news.topic)
    const label = (
      <>
        AMA on <AmaWhen ama={news} now={now} />
      </>
    )
    return { label, title, href: paths.ama(news.slug) }
  }
  const role = roleOrNothing({ company: news.company, title: news.role })
  const label = `${news.name}${role ? `, ${role}` : ''} answered`
  return { label, title: news.title, href: paths.answer(news.slug, news.id), text: news.excerpt }
}
