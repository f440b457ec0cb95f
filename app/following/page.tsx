import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { FollowRow } from '#components/follow/follow-row.tsx'
import { List } from '#components/ui/list.tsx'
import { countNews, listFollows } from '#domain/follow/queries.ts'
import { newSince, saidNew, searchWords } from '#domain/follow/rules.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../page-metadata.ts'

type Props = { searchParams: Promise<{ q?: string | string[]; after?: string | string[] }> }

export function generateMetadata(): Metadata {
  const description = 'The mentors, topics and questions that you follow.'
  return personalMetadata({ title: 'What you follow', description, path: paths.following() })
}

export default async function FollowingPage({ searchParams }: Props) {
  const [viewer, { q, after }] = await Promise.all([currentViewer(), searchParams])
  if (!viewer) redirect(paths.signIn(paths.following()))
  const words = searchWords(q)
  const [page, count] = await Promise.all([listFollows(viewer, words, after), countNews(viewer, newSince(new Date()))])
  const follows = page ?? notFound()
  const news = saidNew(count)
  return (
    <div className="max-w-[43.5rem]">
      <h1 className="text-3xl font-semibold tracking-tight">What you follow</h1>
      <p className="mt-2 text-soft">
        What is new of it stands in{' '}
        <a className="text-link" href={paths.myFeed()}>
          your feed
        </a>
        {news && `: ${news}`}. What you mute does not stand there. Nobody is told that you follow them.
      </p>
      <search>
        <form className="mt-6 flex flex-wrap gap-3">
          <label htmlFor="q" className="sr-only">
            Search in what you follow
          </label>
          <input
            id="q"
            name="q"
            type="search"
            maxLength={100}
            defaultValue={words}
            placeholder="Name or title"
            className="field max-w-80"
          />
          <button type="submit" className="button button-quiet">
            Search
          </button>
        </form>
      </search>
      <div className="mt-6 border-t border-line">
        <List
          next={follows.next && paths.following(words, follows.next)}
          more="More"
          empty={words ? `Nothing you follow has “${words}” in its name.` : NOTHING}
        >
          {follows.rows.map((follow) => (
            <FollowRow key={follow.id} follow={follow} here={paths.following(words)} />
          ))}
        </List>
      </div>
    </div>
  )
}

const NOTHING = 'Nothing yet. Mentors, topics and questions have a button “Follow”; what you ask or request, you follow by that.'
