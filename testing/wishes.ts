import { randomUUID } from 'node:crypto'
import { askForWanted, joinWanted } from '#domain/wanted/commands.ts'
import { AskForWanted } from '#domain/wanted/rules.ts'
import { db } from '#lib/db.ts'
import { crowd } from '#testing/crowd.ts'
import { makeCommunity, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

export type Person = Awaited<ReturnType<typeof makeViewer>>
export const as = (viewer: Person | null) => visit({ viewer })
export const people = (n: number) => crowd(Array.from({ length: n }, () => () => makeViewer()))

/** Asks for it; answers the slug of what came of it, or where the form leads instead. */
export async function ask(viewer: Person | null, communityId: string, given: object = {}): Promise<string> {
  const asked = AskForWanted.parse({ community: communityId, kind: 'topic', title: 'Glazing without lead', ...given })
  const { to = '' } = await askForWanted(viewer, asked, as(viewer))
  return to
}

export async function makeWish(given: object = {}) {
  const [ada, community] = [await makeViewer(), await makeCommunity()]
  const to = await ask(ada, community.id, given)
  const slug = /^\/wanted\/([a-z0-9-]+)\/join/.exec(to)?.[1] ?? ''
  const { id } = await db().wanted.findUniqueOrThrow({ where: { slug } })
  return { ada, community, slug, id }
}

/** That two people want, in a community where that is enough. */
export async function makeReadyWish(given: object = {}) {
  const wish = await makeWish(given)
  await db().community.update({ where: { id: wish.community.id }, data: { wantedThreshold: 2 } })
  const ben = await makeViewer()
  await joinWanted(as(ben), wish.slug)
  return { ...wish, ben }
}

export async function makeHost(communityId: string): Promise<Person> {
  const host = await makeViewer({ hosts: [communityId] })
  await db().communityRole.create({ data: { communityId, memberId: host.memberId, role: 'host' } })
  return host
}

export function address(): string {
  return `${randomUUID()}@kiln.example`
}

export function never(): never {
  throw new Error('It is not there')
}
