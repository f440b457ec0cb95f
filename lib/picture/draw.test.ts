import { createElement } from 'react'
import { expect, test } from 'vitest'
import { picture, pictureKey } from '#lib/picture/draw.ts'

const box = (text: string) => async () => createElement('div', { style: { display: 'flex' } }, text)

test('equal contents have one key, and one picture that is drawn once', async () => {
  expect(pictureKey({ title: 'a' })).toBe(pictureKey({ title: 'a' }))
  expect(pictureKey({ title: 'a' })).not.toBe(pictureKey({ title: 'b' }))
  let times = 0
  const element = async () => {
    times++
    return box('once')()
  }
  const [one, other] = await Promise.all([picture('once', element), picture('once', element)])
  expect(await picture('once', element)).toBe(one)
  expect(other).toBe(one)
  expect(times).toBe(1)
})

test('a picture that fails is no obstacle to the next', async () => {
  const failing = picture('fails', async () => {
    throw new Error('no element')
  })
  await expect(failing).rejects.toThrow('no element')
  expect((await picture('fails', box('now it works'))).length).toBeGreaterThan(0)
})

test('when too many wait, the next is told so', async () => {
  const waiting = Array.from({ length: 20 }, (_, i) => picture(`waiting ${i}`, box(`${i}`)))
  await expect(picture('one more', box('more'))).rejects.toMatchObject({ code: 'unavailable' })
  await Promise.all(waiting)
})
