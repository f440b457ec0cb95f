import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { NewsRow } from '#components/follow/news-row.tsx'
import { List } from '#components/ui/list.tsx'
import { listNews } from '#domain/follow/queries.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Props = { searchParams: Promise<{ after?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'New answers, AMAs and questions of what you follow.'
  return personalMetadata({ title: 'Your feed', description, path: paths.myFeed() })
}

export default async function FeedPage({ searchParams }: Props) {
  const [viewer, { after }] = await Promise.all([currentViewer(), searchParams])
  if (!viewer) redirect(paths.signIn(paths.myFeed()))
  const news = (await listNews(viewer, after)) ?? notFound()
  const now = new Date()
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight">Your feed</h1>
      <p className="mt-2 text-soft">
        New answers, AMAs and questions of{' '}
        <a className="text-link" href={paths.following()}>
          what you follow
        </a>
        .
      </p>
      <div className="mt-6 border-t border-line">
        <List
          next={news.next && afterHref(paths.myFeed(), news.next)}
          more="Earlier"
          empty="Nothing yet. Follow a mentor, a topic or a question, and what is new stands here."
        >
          {news.rows.map((each) => (
            <NewsRow key={`${each.kind} ${each.id} ${each.slug}`} news={each} now={now} />
          ))}
        </List>
      </div>
    </div>
  )
}
