import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { editCommunity, makeCommunity } from '#domain/community/commands.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { addTopics, editTopic } from '#domain/topic/commands.ts'
import { AddTopics, EditTopic } from '#domain/topic/rules.ts'
import { db } from '#lib/db.ts'
import { makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

const ola = await makeViewer({ admin: true })
const now = visit({ viewer: ola })
const find = (name: string) => db().community.findUniqueOrThrow({ where: { name } })

describe('A community', () => {
  test('gets its address from its name, and a free one', async () => {
    expect(await makeCommunity(ola, { name: 'Bee Keeping', next: null }, now)).toEqual({ to: '/admin/communities/bee-keeping' })
    expect(await makeCommunity(ola, { name: 'Bee-Keeping', next: '/setup' }, now)).toEqual({ to: '/setup' })
    expect(await find('Bee-Keeping')).toMatchObject({ slug: 'bee-keeping-2' })
    await expect(makeCommunity(ola, { name: 'Bee Keeping', next: null }, now)).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.any(String) },
    })
  })

  test('moves, and its old address leads on and is given to no other', async () => {
    await makeCommunity(ola, { name: 'Tailoring', next: null }, now)
    const { id } = await find('Tailoring')
    expect(await editCommunity(ola, { id, name: 'Tailors', slug: 'tailors' }, now)).toEqual({ to: '/admin/communities/tailors?done=saved' })
    expect(await currentSlug('Community', 'tailoring')).toBe('tailors')
    await makeCommunity(ola, { name: 'Tailoring', next: null }, now)
    const other = await find('Tailoring')
    expect(other.slug).toBe('tailoring-2')
    for (const slug of ['tailors', 'tailoring']) {
      await expect(editCommunity(ola, { id: other.id, name: 'Tailoring', slug }, now)).rejects.toMatchObject({
        code: 'conflict',
        fields: { slug: expect.any(String) },
      })
    }
    await expect(editCommunity(ola, { id: other.id, name: 'Tailors', slug: 'sewing' }, now)).rejects.toMatchObject({
      fields: { name: expect.any(String) },
    })
  })

  test('is nothing that others can make or change', async () => {
    for (const viewer of [null, await makeViewer(), await makeViewer({ hosts: [uuid()] })]) {
      await expect(makeCommunity(viewer, { name: 'Mine', next: null }, now)).rejects.toMatchObject({ code: 'not_found' })
      await expect(editCommunity(viewer, { id: uuid(), name: 'Mine', slug: 'mine' }, now)).rejects.toMatchObject({ code: 'not_found' })
      await expect(addTopics(viewer, { community: uuid(), topics: ['Mine'], next: null }, now)).rejects.toMatchObject({
        code: 'not_found',
      })
      await expect(editTopic(viewer, { id: uuid(), name: 'Mine', slug: 'mine', synonyms: [], about: null }, now)).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })
})

describe('Topics', () => {
  test('are added by lines, once each, with addresses of their own', async () => {
    await makeCommunity(ola, { name: 'Cooking', next: null }, now)
    await makeCommunity(ola, { name: 'Baking', next: null }, now)
    const [cooking, baking] = [await find('Cooking'), await find('Baking')]
    const typed = (community: string, topics: string) => AddTopics.parse({ community, topics })
    await addTopics(ola, typed(cooking.id, ' Knives \r\nOvens\n\nOvens'), now)
    await addTopics(ola, typed(cooking.id, 'Ovens\nStock'), now)
    await addTopics(ola, typed(baking.id, 'Ovens'), now)
    const slugs = (communityId: string) =>
      db()
        .topic.findMany({ where: { communityId }, orderBy: { slug: 'asc' } })
        .then((rows) => rows.map(({ slug }) => slug))
    expect(await slugs(cooking.id)).toEqual(['knives', 'ovens', 'stock'])
    expect(await slugs(baking.id)).toEqual(['ovens-baking'])
    expect(AddTopics.safeParse({ community: cooking.id, topics: ' \n ' }).success).toBe(false)
  })

  test('get other words and addresses', async () => {
    const ovens = await db().topic.findUniqueOrThrow({ where: { slug: 'ovens' } })
    await editTopic(ola, { id: ovens.id, name: 'Ovens and stoves', slug: 'stoves', synonyms: ['ranges'], about: null }, now)
    expect(await db().topic.findUnique({ where: { id: ovens.id } })).toMatchObject({ slug: 'stoves', synonyms: ['ranges'] })
    expect(await currentSlug('Topic', 'ovens')).toBe('stoves')
    await expect(editTopic(ola, { id: ovens.id, name: 'Knives', slug: 'stoves', synonyms: [], about: null }, now)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(editTopic(ola, { id: ovens.id, name: 'Ovens', slug: 'knives', synonyms: [], about: null }, now)).rejects.toMatchObject({
      fields: { slug: expect.any(String) },
    })
  })

  test('say what they are about, in the words of who hosts their community, and of nobody else’s host', async () => {
    await makeCommunity(ola, { name: 'Brewing', next: null }, now)
    const brewing = await find('Brewing')
    await addTopics(ola, AddTopics.parse({ community: brewing.id, topics: 'Hops' }), now)
    const hops = await db().topic.findUniqueOrThrow({ where: { slug: 'hops' } })
    const said = EditTopic.parse({ id: hops.id, name: 'Hops', slug: 'hops', synonyms: '', about: ' When they go *in*. ' })
    await editTopic(await makeViewer({ hosts: [brewing.id] }), said, now)
    expect(await db().topic.findUnique({ where: { id: hops.id } })).toMatchObject({
      about: 'When they go *in*.',
      aboutHtml: '<p>When they go <em>in</em>.</p>',
    })
    await editTopic(ola, { ...said, about: EditTopic.parse({ ...said, synonyms: '', about: ' \r\n' }).about }, now)
    expect(await db().topic.findUnique({ where: { id: hops.id } })).toMatchObject({ about: null, aboutHtml: null })
    for (const viewer of [null, await makeViewer({ mentor: true }), await makeViewer({ hosts: [uuid()] })]) {
      await expect(editTopic(viewer, said, now)).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(EditTopic.safeParse({ ...said, synonyms: '', about: 'x'.repeat(2_001) }).success).toBe(false)
  })
})
