import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { List } from '#components/ui/list.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { NewWantedForm } from '#components/wanted/wanted-forms.tsx'
import { WantedRow } from '#components/wanted/wanted-row.tsx'
import { getCommunity, getCommunityById } from '#domain/community/queries.ts'
import { findWaitingWanted } from '#domain/draft/queries.ts'
import { findNamed, latestJoined, listLikeWanted } from '#domain/wanted/queries.ts'
import { readWaiting } from '#domain/wanted/rules.ts'
import { afterHref, paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import type { Viewer } from '#lib/viewer.ts'
import { ChooseCommunity } from '../../choose-community.tsx'
import { movedOrNotFound } from '../../moved.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Query = Partial<Record<'community' | 'kind' | 'title' | 'draft' | 'refused' | 'after', string | string[]>>
type Props = { searchParams: Promise<Query> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { after, draft: _, refused: __, ...query } = await searchParams
  const given = Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  const path = after ? afterHref(paths.newWanted(), after) : paths.newWanted(given)
  return personalMetadata({ title: 'Ask for something', description: 'A topic or a mentor that you miss here.', path })
}

export default async function NewWantedPage({ searchParams }: Props) {
  const [viewer, query] = await Promise.all([currentViewer(), searchParams])
  const { community: slug, draft, kind, title } = query
  if (typeof draft === 'string' && draft) return <Waiting draft={draft} viewer={viewer} refused={query.refused} />
  if (typeof slug !== 'string' || !slug)
    return <ChooseCommunity heading="Ask for something" lead="Where do you miss it?" path={paths.newWanted} after={query.after} />
  const community = (await getCommunity(slug)) ?? (await movedOrNotFound('Community', slug, (to) => paths.newWanted({ community: to })))
  const suggested = { kind: typeof kind === 'string' ? kind : undefined, title: typeof title === 'string' ? title : undefined }
  return (
    <NarrowPage heading="Ask for something" lead={`A topic or a mentor that you miss in ${community.name}. Others can join.`}>
      <NewWantedForm
        community={community}
        typed={suggested}
        here={paths.newWanted({ community: community.slug, ...suggested })}
        signedIn={viewer !== null}
      />
    </NarrowPage>
  )
}

/** What was written and waits: for a look at what is like it, or for a sign-in that was refused something. */
async function Waiting({ draft, viewer, refused }: { draft: string; viewer: Viewer; refused: Query['refused'] }) {
  const waiting = await findWaitingWanted(draft)
  const asked = waiting && readWaiting(waiting)
  if (!asked) {
    // It was asked for by the sign-in that led here, or is too old.
    const joined = viewer && (await latestJoined(viewer))
    redirect(joined ? paths.ownWanted(joined.slug) : paths.newWanted())
  }
  const named = asked.kind === 'mentor' && asked.title.startsWith('@') ? await findNamed(asked.community, asked.title) : null
  const title = named?.title ?? asked.title
  const [community, like] = await Promise.all([getCommunityById(asked.community), listLikeWanted(asked.community, title)])
  if (!community) notFound()
  return (
    <NarrowPage heading="Ask for something" lead={`In ${community.name}.`}>
      {refused && (
        <p role="alert" className="form-message">
          {refused === 'forbidden'
            ? 'Your account is suspended: until it is over, you can read here.'
            : 'That did not work, and what you wrote is kept here. Try again in a moment.'}
        </p>
      )}
      {like.length > 0 && (
        <section className="border-y border-line py-6">
          <h2 className="text-lg font-semibold">Is it one of these?</h2>
          <List empty="">
            {like.map((row) => (
              <WantedRow key={row.id} wanted={row} community={false} heading="h3" />
            ))}
          </List>
        </section>
      )}
      <NewWantedForm community={community} typed={asked} draft={draft} here={paths.newWanted({ draft })} signedIn={viewer !== null} />
    </NarrowPage>
  )
}
