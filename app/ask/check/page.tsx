import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CheckedForm } from '#components/ask/checked-form.tsx'
import { SimilarList } from '#components/ask/similar-list.tsx'
import { Html } from '#components/ui/html.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { findWaiting, getDraft, getPlace, whereOf } from '#domain/draft/queries.ts'
import { PlaceKey } from '#domain/draft/rules.ts'
import { findSimilar } from '#domain/similar/queries.ts'
import { renderDetails } from '#lib/markdown.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import type { Viewer } from '#lib/viewer.ts'
import { personalMetadata } from '../../page-metadata.ts'

type Query = { draft?: string | string[]; place?: string | string[] }
type Props = { searchParams: Promise<Query> }

export function generateMetadata(): Metadata {
  return personalMetadata({ title: 'Before you ask', description: 'What may already answer it.', path: paths.ask() })
}

export default async function CheckPage({ searchParams }: Props) {
  const viewer = await currentViewer()
  const found = await findDraft(await searchParams, viewer)
  const place = found && (await getPlace(found.place))
  if (!place) redirect(paths.ask())
  const { draft, which } = found
  const similar = await findSimilar(draft.title, { communityId: place.community.id })
  const back = which.draft ? { draft: which.draft } : whereOf(place)
  return (
    <NarrowPage heading={draft.title}>
      {draft.details && <Html className="prose" html={renderDetails(draft.details)} />}
      {similar.length > 0 && (
        <section className="grid gap-5 border-y border-line py-6">
          <h2 className="text-lg font-semibold">Is it one of these?</h2>
          <SimilarList similar={similar} which={which} />
        </section>
      )}
      <CheckedForm draft={draft} place={place.key} which={which} signedIn={viewer !== null} />
      <p>
        <a className="text-link inline-flex min-h-11 items-center" href={paths.ask(back)}>
          Change it
        </a>
      </p>
    </NarrowPage>
  )
}

/** What was sent one step before, by the word of a visitor or by the place of a member's draft. */
async function findDraft({ draft: token, place: key }: Query, viewer: Viewer) {
  if (typeof token === 'string') {
    const draft = await findWaiting(token)
    return draft && { draft, place: PlaceKey.parse(draft.place), which: { draft: token } }
  }
  const place = PlaceKey.safeParse(key).data
  const draft = place && viewer ? await getDraft(viewer, place) : null
  return place && draft ? { draft, place, which: { place: String(key), draft: undefined } } : null
}
