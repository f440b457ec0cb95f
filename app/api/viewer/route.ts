import { listOwnRequests } from '#domain/answer-request/queries.ts'
import { listOwnFollows } from '#domain/follow/queries.ts'
import { route } from '#lib/route.ts'
import type { Viewer } from '#lib/viewer.ts'

/**
 * Who is signed in, for pages that are the same for everybody; null where nobody is. `?request=ID,ID` asks which of these
 * questions the person waits for (`pressed`) and which are the person's (`own`): "request:ID". Other buttons likewise.
 */
export const GET = route(async ({ viewer }, request) => {
  if (!viewer) return null
  const { name, handle, portraitId } = viewer
  return { name, handle, portraitId, ...(await presses(viewer, new URL(request.url).searchParams)) }
})

type Known = { pressed: string[]; own: string[] }

/** Each kind of button, by what stands before the colon: one query for all that a page has of it. */
const kinds: Record<string, (viewer: NonNullable<Viewer>, ids: string[]) => Promise<Known>> = {
  request: listOwnRequests,
  'follow-mentor': (viewer, ids) => listOwnFollows(viewer, 'mentor', ids),
  'follow-topic': (viewer, ids) => listOwnFollows(viewer, 'topic', ids),
  'follow-question': (viewer, ids) => listOwnFollows(viewer, 'question', ids),
}

async function presses(viewer: NonNullable<Viewer>, asked: URLSearchParams): Promise<Known | null> {
  const known = await Promise.all(
    Object.entries(kinds).flatMap(([kind, list]) => {
      const ids = idsOf(asked.get(kind))
      return ids.length ? [list(viewer, ids).then((found) => named(kind, found))] : []
    }),
  )
  if (!known.length) return null
  return { pressed: known.flatMap(({ pressed }) => pressed), own: known.flatMap(({ own }) => own) }
}

/** More than any page shows. */
const MOST = 200

function idsOf(list: string | null): string[] {
  const ids = list?.split(',').filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) ?? []
  return [...new Set(ids)].slice(0, MOST)
}

function named(kind: string, { pressed, own }: Known): Known {
  return { pressed: pressed.map((id) => `${kind}:${id}`), own: own.map((id) => `${kind}:${id}`) }
}
