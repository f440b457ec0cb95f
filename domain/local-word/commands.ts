import type { z } from 'zod'
import { type DefineWord, LOCAL_WORDS_MAX } from '#domain/local-word/rules.ts'
import { ensureMayTakePart } from '#domain/session/rules.ts'
import { type Db, db } from '#lib/db.ts'
import { paths } from '#lib/paths.ts'
import { ensure } from '#lib/refusal.ts'
import type { Viewer } from '#lib/viewer.ts'
import type { Outcome, Visit } from '#lib/visit.ts'

/** Says what a word means in an AMA that the person holds, says it otherwise, or takes it away. */
export async function defineWord(viewer: Viewer, sent: z.output<typeof DefineWord>, { now }: Visit): Promise<Outcome> {
  ensureMayTakePart(viewer)
  const { memberId } = viewer
  const { ama: amaId, was, word, means } = sent
  return db().$transaction(async (tx) => {
    // The AMA first, as who writes its events does.
    await tx.$queryRaw`SELECT 1 AS locked FROM "Ama" WHERE id = ${amaId}::uuid FOR NO KEY UPDATE`
    const ama = await tx.ama.findFirst({ where: { id: amaId, mentors: { some: { memberId } } }, select: { slug: true } })
    ensure(ama !== null, 'not_found', 'This AMA is not there, or it is held by others.')
    if (sent.do === 'remove') {
      await tx.localWord.deleteMany({ where: { amaId, word: was } })
      return { to: paths.localWords(ama.slug, 'removed') }
    }
    const others = await tx.localWord.findMany({ where: { amaId, word: { not: was } }, select: { word: true } })
    ensure(!others.some((other) => other.word.toLowerCase() === word.toLowerCase()), 'conflict', 'Nothing is changed.', {
      fields: { word: 'This word is there already.' },
    })
    if (was) {
      const { count } = await tx.localWord.updateMany({ where: { amaId, word: was }, data: { word, means } })
      ensure(count === 1, 'conflict', 'Another mentor has changed or removed this word meanwhile. Add it as a new one.')
    } else {
      ensure(others.length < LOCAL_WORDS_MAX, 'conflict', `At most ${LOCAL_WORDS_MAX} words. Remove one first.`)
      await tx.localWord.create({ data: { amaId, word, means, addedById: memberId, addedAt: now } })
    }
    return { to: paths.localWords(ama.slug, 'saved') }
  })
}

/** Leaves the words, and not who said what they mean. */
export async function unsignWordsOf(tx: Db, memberId: string): Promise<void> {
  await tx.localWord.updateMany({ where: { addedById: memberId }, data: { addedById: null } })
}
