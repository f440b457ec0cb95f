import { afterAll, expect, test } from 'vitest'
import { forgetLostPortraits, removePortrait, setPortrait } from '#domain/member/commands.ts'
import { deleteAccount } from '#domain/own-data/commands.ts'
import { db } from '#lib/db.ts'
import { keepFile } from '#lib/files.ts'
import { photo } from '#testing/hostile-uploads.ts'
import { makePerson, visit, visitOf } from '#testing/people.ts'
import { openS3 } from '#testing/s3.ts'
import { GET as linkPicture } from '../app/og/[kind]/[slug]/route.tsx'

const s3 = await openS3()
Object.assign(process.env, s3.variables)
afterAll(s3.close)

const picture = async () => ({ portrait: new File([new Uint8Array(await photo())], 'me.jpg', { type: 'image/jpeg' }) })

async function ada() {
  const { viewer } = await visitOf(await makePerson())
  const portraitOf = async () => (await db().member.findUniqueOrThrow({ where: { id: viewer.memberId } })).portraitId
  return { viewer, portraitOf }
}

test('a picture in a bucket takes the old one’s place, and goes with its member', async () => {
  const { viewer, portraitOf } = await ada()
  for (let times = 0; times < 2; times += 1) {
    await setPortrait(viewer, await picture())
    const id = await portraitOf()
    expect((await s3.names()).toSorted()).toEqual([`${id}-192.webp`, `${id}-96.webp`])
  }
  await removePortrait(viewer)
  expect(await s3.names()).toEqual([])
  await setPortrait(viewer, await picture())
  await deleteAccount(viewer, { written: 'goes', handle: viewer.handle }, visit())
  expect(await s3.names()).toEqual([])
})

test('while the bucket is away no picture is changed; one that is taken away goes, and its files are found at night', async () => {
  const others = await Promise.all([ada(), ada()])
  for (const other of others) await setPortrait(other.viewer, await picture())
  const theirs = await s3.names()
  const { viewer, portraitOf } = await ada()
  await setPortrait(viewer, await picture())
  const before = await portraitOf()
  await s3.stop()
  await expect(setPortrait(viewer, await picture())).rejects.toMatchObject({ code: 'unavailable' })
  expect(await portraitOf()).toBe(before)
  await removePortrait(viewer)
  expect(await portraitOf()).toBeNull()
  await s3.start()
  expect(await s3.names()).toHaveLength(theirs.length + 2)
  await keepFile('somebodys-notes.txt', Buffer.from('nobody’s picture'))
  const aDayLater = new Date(Date.now() + 25 * 60 * 60 * 1_000)
  await forgetLostPortraits(aDayLater)
  expect((await s3.names()).toSorted()).toEqual(theirs.toSorted())
  for (const other of others) await removePortrait(other.viewer)
})

test('while the bucket is away nobody is drawn without the face that they have, and whoever asks comes again', async () => {
  const person = await makePerson()
  await db().member.update({ where: { id: person.memberId }, data: { mentorSince: new Date() } })
  await setPortrait((await visitOf(person)).viewer, await picture())
  const drawn = () => linkPicture(new Request('http://localhost/'), { params: Promise.resolve({ kind: 'mentors', slug: person.handle }) })
  await s3.stop()
  const away = await drawn()
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '30'])
  await s3.start()
  expect((await drawn()).status).toBe(200)
})
