import { mkdtempSync, readdirSync } from 'node:fs'
import { rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { changeHandle, changeProfile, forgetLostPortraits, makeMember, removePortrait, setPortrait } from '#domain/member/commands.ts'
import { ChangeHandle, ChangeProfile } from '#domain/member/rules.ts'
import { currentSlug } from '#domain/moved-slug/queries.ts'
import { db } from '#lib/db.ts'
import { keepFile } from '#lib/files.ts'
import { makeMentor, makeViewer } from '#testing/factories.ts'
import { hostileUploads, photo, secretOfCamera } from '#testing/hostile-uploads.ts'

const uploads = mkdtempSync(join(tmpdir(), 'perch-uploads-'))
process.env.UPLOADS_DIR = uploads
afterAll(() => rm(uploads, { recursive: true }))

const typed = { name: 'Ada Osei', bio: '', links: '', disclosure: '', timeZone: '' }

describe('A profile', () => {
  test('keeps what its owner says, and what was emptied is gone', async () => {
    const ada = await makeViewer()
    const said = {
      ...typed,
      name: 'Ada O.',
      bio: 'Mends things.',
      links: 'https://a.example\nb.example/x',
      disclosure: 'I own a shop.',
      timeZone: 'Europe/Berlin',
    }
    await changeProfile(ada, ChangeProfile.parse(said))
    expect(await memberOf(ada)).toMatchObject({ ...said, links: ['https://a.example/', 'https://b.example/x'] })
    await changeProfile(ada, ChangeProfile.parse(typed))
    expect(await memberOf(ada)).toMatchObject({ name: 'Ada Osei', bio: null, links: [], disclosure: null, timeZone: null })
  })

  test.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)//a.example'],
    ['data:text/html,x'],
    ['ftp://a.example'],
    ['https://ada:secret@a.example'],
    ['https://localhost'],
    ['https://'],
    [`https://a.example/${'x'.repeat(300)}`],
    ['a.example b.example c.example d.example e.example f.example'],
  ])('takes no link %s', (links) => {
    expect(ChangeProfile.safeParse({ ...typed, links }).error?.issues[0]?.path).toEqual(['links'])
  })

  test.each([
    [{ name: '[deleted]' }],
    [{ name: 'Deleted' }],
    [{ name: '' }],
    [{ bio: 'x'.repeat(2_001) }],
    [{ disclosure: 'one\ntwo' }],
    [{ timeZone: 'Mars/Olympus' }],
  ])('is not changed by %o', (wrong) => {
    expect(ChangeProfile.safeParse({ ...typed, ...wrong }).success).toBe(false)
  })

  test('of somebody who is suspended stays as it is', async () => {
    const ada = await makeViewer({ suspendedUntil: new Date(Date.now() + 1_000) })
    await expect(changeProfile(ada, ChangeProfile.parse(typed))).rejects.toThrow('suspended')
    await expect(changeHandle(ada, { handle: 'ada-suspended' })).rejects.toThrow('suspended')
    await expect(changeProfile(null, ChangeProfile.parse(typed))).rejects.toThrow('Sign in')
  })
})

describe('A handle', () => {
  test('that changed leads to the new one, can be taken back, and is never given to another', async () => {
    const [ada, ben] = [await makeViewer(), await makeViewer()]
    await changeHandle(ada, ChangeHandle.parse({ handle: ' Ada-of-Accra ' }))
    expect(await currentSlug('Member', ada.handle)).toBe('ada-of-accra')
    await expect(changeHandle(ben, { handle: ada.handle })).rejects.toThrow('taken')
    await expect(changeHandle(ben, { handle: 'ada-of-accra' })).rejects.toThrow('taken')
    await changeHandle(ada, { handle: ada.handle })
    expect(await currentSlug('Member', 'ada-of-accra')).toBe(ada.handle)
  })

  test.each(['', 'Ada Osei', 'ada_osei', '-ada', 'deleted-x', 'x'.repeat(61), '../admin'])('is not %j', (handle) => {
    expect(ChangeHandle.safeParse({ handle }).success).toBe(false)
  })
})

describe('A picture', () => {
  test('is made anew, square, in two sizes, and takes the old one’s place', async () => {
    const ada = await makeViewer()
    await setPortrait(ada, { portrait: file(await photo()) })
    const first = await squaresOf(ada)
    expect(first.map(({ width, height, format }) => [width, height, format])).toEqual([
      [192, 192, 'webp'],
      [96, 96, 'webp'],
    ])
    await setPortrait(ada, { portrait: file(await photo()) })
    expect(await squaresOf(ada)).toHaveLength(2)
    expect(namesOf(await memberOf(ada))).toHaveLength(2)
    expect(readdirSync(uploads)).toHaveLength(2)
    await removePortrait(ada)
    expect((await memberOf(ada)).portraitId).toBeNull()
    expect(readdirSync(uploads)).toEqual([])
  })

  test('tells nothing of where it was taken, and stands upright', async () => {
    const ada = await makeViewer()
    await setPortrait(ada, { portrait: file(await photo({ orientation: 6 })) })
    for (const { bytes, exif, icc, xmp } of await squaresOf(ada)) {
      expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined])
      expect(bytes.includes(secretOfCamera)).toBe(false)
      // Its left half is red as it lies; turned by a quarter, the upper half is.
      const { data } = await sharp(bytes).resize(2, 2, { kernel: 'nearest' }).raw().toBuffer({ resolveWithObject: true })
      expect([Number(data[0]) > 150, Number(data[3]) > 150, Number(data[6]) > 150]).toEqual([true, true, false])
    }
    await removePortrait(ada)
  })

  test('a hostile one is refused, or made anew: what came is never kept', async () => {
    const corpus = await hostileUploads()
    expect(corpus.length).toBeGreaterThanOrEqual(40)
    for (const { what, bytes, taken } of corpus) {
      const ada = await makeViewer()
      const outcome = await setPortrait(ada, { portrait: file(bytes) }).then(
        () => 'taken',
        (error: unknown) => (error instanceof Error && error.name === 'Refusal' ? 'refused' : error),
      )
      expect([what, outcome]).toEqual([what, taken ? 'taken' : 'refused'])
      for (const square of await squaresOf(ada)) {
        expect([what, square.format, square.width, square.pages ?? 1, square.exif]).toEqual([what, 'webp', square.height, 1, undefined])
        expect(square.bytes.toString('latin1')).not.toMatch(/<script|<svg|<\?php|alert\(|doctype|GPS/i)
      }
      await removePortrait(ada)
      expect([what, readdirSync(uploads)]).toEqual([what, []])
    }
  }, 60_000)

  test('of another site stays, though no member here has it, where most are such', async () => {
    const ada = await makeViewer()
    await setPortrait(ada, { portrait: file(await photo()) })
    const theirs = ['96', '192', '960'].map((size) => `0b0e5a3c-0000-4000-8000-00000000000a-${size}.webp`)
    for (const name of theirs) await keepFile(name, Buffer.from('x'))
    const later = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000)
    await forgetLostPortraits(later)
    expect(readdirSync(uploads)).toEqual(expect.arrayContaining(theirs))
    for (const name of theirs) await rm(join(uploads, name))
    await removePortrait(ada)
  })

  test('whose upload was broken off is gone a day later, and one that is in use stays', async () => {
    const ada = await makeViewer()
    await setPortrait(ada, { portrait: file(await photo()) })
    const lost = ['0b0e5a3c-0000-4000-8000-000000000000-96.webp', '0b0e5a3c-0000-4000-8000-000000000000-192.webp.unfinish']
    for (const name of lost) await keepFile(name, Buffer.from('x'))
    await forgetLostPortraits(new Date())
    expect(readdirSync(uploads)).toHaveLength(4)
    const longAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000)
    for (const name of readdirSync(uploads)) await utimes(join(uploads, name), longAgo, longAgo)
    await forgetLostPortraits(new Date())
    expect(readdirSync(uploads).toSorted()).toEqual(namesOf(await memberOf(ada)).toSorted())
  })
})

test('a row of nobody holds nothing of the person: the database refuses one that does', async () => {
  const { id } = await makeMentor()
  const remains = db().member.update({
    where: { id },
    data: { name: '[deleted]', handle: `deleted-${id}`, mentorSince: null, bio: 'Me', deletedAt: new Date() },
  })
  await expect(remains).rejects.toThrow('Member_deleted_check')
})

test('people of one name get handles of their own, also when they join at once', async () => {
  const members = await Promise.all(Array.from({ length: 15 }, () => db().$transaction((tx) => makeMember(tx, 'Kim Park', new Date()))))
  const handles = members.map(({ handle }) => handle)
  expect(new Set(handles).size).toBe(15)
  for (const handle of ['kim-park', 'kim-park-2', 'kim-park-9']) expect(handles).toContain(handle)
  for (const handle of handles) expect(handle).toMatch(/^kim-park(-\d+)?$/)
})

test('a handle that was another’s is not given again', async () => {
  const { id } = await makeMentor({ handle: 'ida-berg' })
  await db().member.update({ where: { id }, data: { handle: 'ida-holm' } })
  expect((await makeMember(db(), 'Ida Berg', new Date())).handle).toBe('ida-berg-2')
})

test('a name that no address can spell gets one nevertheless', async () => {
  expect((await makeMember(db(), '李', new Date())).handle).toMatch(/^[a-z0-9-]+$/)
  expect((await makeMember(db(), '🐦', new Date())).handle).toMatch(/^[a-z0-9-]+$/)
})

function file(bytes: Uint8Array): File {
  return new File([new Uint8Array(bytes)], 'me.jpg', { type: 'image/jpeg' })
}

function memberOf({ memberId }: { memberId: string }) {
  return db()
    .member.findUniqueOrThrow({ where: { id: memberId } })
    .then((member) => ({ ...member, links: member.links }))
}

function namesOf({ portraitId }: { portraitId: string | null }): string[] {
  return portraitId ? [`${portraitId}-192.webp`, `${portraitId}-96.webp`] : []
}

async function squaresOf(viewer: { memberId: string }) {
  const names = namesOf(await memberOf(viewer))
  return Promise.all(
    names.map(async (name) => {
      const bytes = await sharp(join(uploads, name)).metadata()
      const { readFile } = await import('node:fs/promises')
      return { ...bytes, bytes: await readFile(join(uploads, name)) }
    }),
  )
}
