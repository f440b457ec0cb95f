import { beforeAll, expect, test } from 'vitest'
import { newestEvent } from '#domain/ama-event/queries.ts'
import { defineWord } from '#domain/local-word/commands.ts'
import { heldAmasOf, listLocalWords } from '#domain/local-word/queries.ts'
import { LOCAL_WORDS_MAX, waysToSay } from '#domain/local-word/rules.ts'
import { searchAma } from '#domain/question/queries.ts'
import { db } from '#lib/db.ts'
import type { Viewer } from '#lib/viewer.ts'
import { makeAma, makeAnswer, makeCommunity, makeQuestion, makeTopic, makeViewer } from '#testing/factories.ts'
import { visit } from '#testing/people.ts'

let place: { communityId: string; topicId: string }
let ana: NonNullable<Viewer>
let ben: NonNullable<Viewer>

beforeAll(async () => {
  const { id: communityId } = await makeCommunity()
  place = { communityId, topicId: (await makeTopic(communityId)).id }
  ana = await makeViewer({ mentor: true })
  ben = await makeViewer({ mentor: true })
})

test('A mentor of an AMA says what a word means, says it otherwise, and takes it away; the other one too', async () => {
  const ama = await amaOfBoth()
  expect(await define(ama.id, { word: 'TPM', means: 'PM-T' })).toEqual({ to: `/amas/${ama.slug}/words?done=saved` })
  await define(ama.id, { was: 'TPM', word: 'TPMs', means: 'those who ask' }, ben)
  expect(await listLocalWords(ama.id)).toEqual([{ word: 'TPMs', means: 'those who ask' }])
  await define(ama.id, { was: 'TPMs', do: 'remove' }, ben)
  expect(await listLocalWords(ama.id)).toEqual([])
  // Pressed twice it is gone all the same.
  await define(ama.id, { was: 'TPMs', do: 'remove' }, ben)
})

test('A word is there once, however it is written, and what another mentor has changed meanwhile is not brought back', async () => {
  const ama = await amaOfBoth()
  await define(ama.id, { word: 'TPM', means: 'PM-T' })
  await expect(define(ama.id, { word: 'tpm', means: 'something else' }, ben)).rejects.toMatchObject({ code: 'conflict' })
  await define(ama.id, { was: 'TPM', word: 'tpm', means: 'PM-T' })
  await expect(define(ama.id, { was: 'TPM', word: 'TPM', means: 'else' }, ben)).rejects.toMatchObject({ code: 'conflict' })
  await expect(db().localWord.create({ data: { amaId: ama.id, word: 'TPM', means: 'PM-T', addedAt: new Date() } })).rejects.toThrow()
})

test('No more than thirty', async () => {
  const ama = await amaOfBoth()
  const rows = Array.from({ length: LOCAL_WORDS_MAX }, (_, i) => ({ amaId: ama.id, word: `word ${i}`, means: 'a', addedAt: new Date() }))
  await db().localWord.createMany({ data: rows })
  await expect(define(ama.id, { word: 'TPM', means: 'PM-T' })).rejects.toMatchObject({ code: 'conflict' })
  await define(ama.id, { was: 'word 3', word: 'TPM', means: 'PM-T' })
})

test('Nobody else does', async () => {
  const ama = await amaOfBoth()
  await expect(define(ama.id, { word: 'TPM', means: 'PM-T' }, await makeViewer({ mentor: true }))).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await heldAmasOf(ana, [ama.id])).toEqual([ama.id])
  expect(await heldAmasOf(await makeViewer(), [ama.id])).toEqual([])
})

test('Whoever follows the AMA gets its page anew, and an AMA that is deleted takes its words along', async () => {
  const ama = await amaOfBoth(new Date(Date.now() - 60_000))
  await define(ama.id, { word: 'TPM', means: 'PM-T' })
  expect(await newestEvent(ama.id)).toBe(1)
  await define(ama.id, { was: 'TPM', word: 'TPM', means: 'PM-T' })
  expect(await newestEvent(ama.id)).toBe(1)
  await define(ama.id, { was: 'TPM', word: 'TPM', means: 'another' })
  expect(await newestEvent(ama.id)).toBe(2)
  await db().amaMentor.deleteMany({ where: { amaId: ama.id } })
  await db().ama.delete({ where: { id: ama.id } })
  expect(await db().localWord.count({ where: { amaId: ama.id } })).toBe(0)
})

test('A search inside the AMA takes both for one word', async () => {
  const ama = await amaOfBoth()
  const ask = (number: number, title: string) => makeQuestion(place.communityId, { amaId: ama.id, number, title })
  const one = await ask(1, 'How much does a TPM earn?')
  const other = await ask(2, 'How much does a technical lead earn?')
  const third = await ask(3, 'How much does anybody earn?')
  await makeAnswer(third.id, ana.memberId, { body: 'Ask the technical lead of a team.' })
  const fourth = await ask(4, 'What of a technical thing that goes nowhere?')
  await ask(5, 'What else is there?')
  const hidden = await ask(6, 'Is a TPM hidden?')
  await db().question.update({ where: { id: hidden.id }, data: { hiddenAt: new Date() } })
  const found = async (query: string) => {
    const page = await searchAma(ama.id, waysToSay(query, await listLocalWords(ama.id)))
    return page?.rows.map(({ id }) => id)
  }
  expect(await found('tpm')).toEqual([one.id])
  await define(ama.id, { word: 'TPM', means: 'technical lead' })
  expect(await found('tpm')).toEqual([one.id, other.id, third.id])
  expect(await found('technical lead earn')).toEqual([one.id, other.id])
  expect(await found('technical')).toEqual([other.id, third.id, fourth.id])
  expect(await found('the')).toEqual([])
  expect(await searchAma(ama.id, ['tpm'], 'no cursor')).toBeNull()
})

async function amaOfBoth(startsAt = new Date('2024-03-01T10:00:00Z')) {
  const held = [ana, ben].map(({ memberId }) => ({ id: memberId, companyId: null, title: null }))
  return makeAma(place, held, startsAt)
}

function define(ama: string, given: { was?: string; word?: string; means?: string; do?: 'save' | 'remove' }, viewer: Viewer = ana) {
  return defineWord(viewer, { ama, was: '', word: '', means: '', do: 'save', ...given }, visit({ viewer }))
}
