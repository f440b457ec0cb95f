import { hostedAmasOf, hostedOf } from '#domain/ama/queries.ts'
import { listOwnReminders } from '#domain/ama-reminder/queries.ts'
import { listAnswerable } from '#domain/answer-draft/queries.ts'
import { listOwnMarks } from '#domain/answer-mark/queries.ts'
import { listOwnRequests } from '#domain/answer-request/queries.ts'
import { countNews, listOwnFollows } from '#domain/follow/queries.ts'
import { newSince, saidNew } from '#domain/follow/rules.ts'
import { heldAmasOf } from '#domain/local-word/queries.ts'
import { countUnread } from '#domain/notice/queries.ts'
import { hasQueue } from '#domain/queue/rules.ts'
import { listOwnJoins } from '#domain/wanted/queries.ts'
import { route } from '#lib/route.ts'
import type { Viewer } from '#lib/viewer.ts'
import { ownPlaces } from './own-places.ts'

/**
 * Who is signed in, with how many notices are unread and whether there is a queue of theirs, for pages that are the same for
 * everybody; null where nobody is. `?request=ID,ID` asks which of these
 * questions the person waits for (`pressed`) and which are the person's (`own`): "request:ID". Other buttons likewise. `?news=1`
 * asks how much is new of what the person follows, in words. `?places=1` asks for the pages that are there for this person by name.
 */
export const GET = route(async ({ viewer }, request) => {
  if (!viewer) return null
  const { name, handle, portraitId } = viewer
  const asked = new URL(request.url).searchParams
  const [unread, known, news, places] = await Promise.all([
    countUnread(viewer),
    presses(viewer, asked),
    asked.has('news') ? countNews(viewer, newSince(new Date())) : null,
    asked.has('places') ? ownPlaces(viewer) : null,
  ])
  return {
    name,
    handle,
    portraitId,
    unread,
    queue: hasQueue(viewer),
    ...known,
    ...(news !== null && { news: saidNew(news) }),
    ...(places && { places }),
  }
})

/** `may`: of buttons that are not for everybody, those that are for this person. */
type Known = { pressed: string[]; own: string[]; may?: string[] }

/** Each kind of button, by what stands before the colon: one query for all that a page has of it. */
const kinds: Record<string, (viewer: NonNullable<Viewer>, ids: string[]) => Promise<Known>> = {
  request: listOwnRequests,
  answer: (viewer, ids) => listAnswerable(viewer, ids, new Date()),
  save: (viewer, ids) => listOwnMarks(viewer, 'save', ids),
  helpful: (viewer, ids) => listOwnMarks(viewer, 'helpful', ids),
  thanks: (viewer, ids) => listOwnMarks(viewer, 'thanks', ids),
  'follow-mentor': (viewer, ids) => listOwnFollows(viewer, 'mentor', ids),
  'follow-topic': (viewer, ids) => listOwnFollows(viewer, 'topic', ids),
  'follow-question': (viewer, ids) => listOwnFollows(viewer, 'question', ids),
  reminder: listOwnReminders,
  wanted: listOwnJoins,
  // Links of communities and AMAs that are there for their hosts alone.
  host: async (viewer, ids) => ({ pressed: [], own: [], may: hostedOf(viewer, ids) }),
  'hold-ama': async (viewer, ids) => ({ pressed: [], own: [], may: await heldAmasOf(viewer, ids) }),
  'host-ama': async (viewer, ids) => ({ pressed: [], own: [], may: await hostedAmasOf(viewer, ids) }),
}

async function presses(viewer: NonNullable<Viewer>, asked: URLSearchParams): Promise<Known | null> {
  const known = await Promise.all(
    Object.entries(kinds).flatMap(([kind, list]) => {
      const ids = idsOf(asked.get(kind))
      return ids.length ? [list(viewer, ids).then((found) => named(kind, found))] : []
    }),
  )
  if (!known.length) return null
  const all = (list: (one: Known) => string[]) => known.flatMap(list)
  return { pressed: all(({ pressed }) => pressed), own: all(({ own }) => own), may: all(({ may = [] }) => may) }
}

/** More than any page shows. */
const MOST = 200

function idsOf(list: string | null): string[] {
  const ids = list?.split(',').filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) ?? []
  return [...new Set(ids)].slice(0, MOST)
}

function named(kind: string, { pressed, own, may = [] }: Known): Known {
  const keys = (ids: string[]) => ids.map((id) => `${kind}:${id}`)
  return { pressed: keys(pressed), own: keys(own), may: keys(may) }
}
