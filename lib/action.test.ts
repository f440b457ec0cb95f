import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { action, type Command } from '#lib/action.ts'
import { HONEYPOT } from '#lib/form-state.ts'
import { Refusal } from '#lib/refusal.ts'
import { newToken } from '#lib/secret.ts'
import { askForViewers } from '#lib/session.ts'
import { browser, form } from '#testing/browser.ts'

vi.mock('next/headers', () => import('#testing/browser.ts'))
askForViewers(async () => null)
afterEach(() => browser.jar.clear())

const Shape = z.object({ email: z.string().includes('@', 'No @.'), password: z.string().optional(), code: z.string().optional() })
const secrets = { password: 'three calm herons', code: '123456', token: 'abcdef', current: 'an old heron', newPassword: 'x-secret-x' }

test('what a command says comes back, and what it gives is kept', async () => {
  const expiresAt = new Date(Date.now() + 60_000)
  const door = action(Shape, async () => ({ message: 'A mail is on its way.', session: { token: newToken(), expiresAt } }))
  expect(await door(null, form({ email: 'ana@example.org' }))).toEqual({ message: 'A mail is on its way.', done: true })
  expect([...browser.jar.keys()]).toEqual(['__Host-perch-session', 'perch-in'])
})

test('a command that leads on is followed', async () => {
  const door = action(Shape, async () => ({ to: '/settings' }))
  await expect(door(null, form({ email: 'ana@example.org' }))).rejects.toMatchObject({ digest: expect.stringContaining('/settings') })
})

test.each<[string, Command<object>, string]>([
  ['refused', () => Promise.reject(new Refusal('conflict', 'Taken.', { fields: { email: 'Another has it.' } })), 'Taken.'],
  ['broken', () => Promise.reject(new Error('relation "Secret" does not exist')), 'Something went wrong here'],
])('where it is %s, what was typed comes back without its secrets', async (_how, command, message) => {
  const state = await action(Shape, command)(null, form({ email: 'ana@example.org', name: 'Ana', ...secrets }))
  expect(state?.message).toContain(message)
  expect(state?.values).toEqual({ email: 'ana@example.org', name: 'Ana' })
  const said = JSON.stringify(state)
  for (const secret of [...Object.values(secrets), 'relation']) expect(said).not.toContain(secret)
})

test('a form that was filled in wrongly says where, and keeps the rest', async () => {
  const command = vi.fn<Command<object>>()
  const state = await action(Shape, command)(null, form({ email: 'ana', ...secrets, $ACTION_KEY: 'k' }))
  expect(state).toEqual({ message: expect.any(String), fields: { email: 'No @.' }, values: { email: 'ana' } })
  expect(command).not.toHaveBeenCalled()
})

test('a form that fills in what nobody sees comes from a program', async () => {
  const command = vi.fn<Command<object>>()
  const state = await action(Shape, command)(null, form({ email: 'ana@example.org', [HONEYPOT]: 'https://evil.example' }))
  expect(state?.message).toContain('nobody sees')
  expect(command).not.toHaveBeenCalled()
})

test('a form with a character that no database keeps is refused before anything is asked of one', async () => {
  const command = vi.fn<Command<object>>()
  const state = await action(Shape, command)(null, form({ email: 'ana@example.org', name: 'A\0na' }))
  expect(state?.message).toContain('cannot be kept')
  expect(command).not.toHaveBeenCalled()
})

test('a command gets the fields of its shape and no others', async () => {
  const command = vi.fn<Command<object>>(async () => undefined)
  await action(Shape, command)(null, form({ email: 'ana@example.org', admin: 'true', memberId: '7', __proto__: 'x' }))
  expect(command).toHaveBeenCalledWith(null, { email: 'ana@example.org' }, expect.objectContaining({ viewer: null }))
})

test('tries are counted, the one too many is refused with the time to come back, and nothing typed is lost', async () => {
  browser.headers = new Headers({ 'x-perch-address': '198.51.100.7' })
  const command = vi.fn<Command<object>>(async () => undefined)
  const door = action(Shape, command, [{ name: 'test', by: 'email', points: 2, seconds: 600 }])
  const typed = { email: 'often@example.org' }
  for (let i = 0; i < 2; i++) expect(await door(null, form(typed))).toMatchObject({ done: true })
  const state = await door(null, form(typed))
  expect(state).toEqual({ message: 'That was too often. Try again in 10 minutes.', fields: {}, values: typed })
  expect(command).toHaveBeenCalledTimes(2)
  expect(await door(null, form({ email: 'seldom@example.org' }))).toMatchObject({ done: true })
})
