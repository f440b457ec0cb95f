import { z } from 'zod'

/** What can be reported and hidden. A profile is what somebody says of themselves; the name and the answers stay. */
export const Thing = z.enum(['question', 'answer', 'profile', 'wanted'])
export type Thing = z.infer<typeof Thing>

/** What a page calls it: something wanted is somebody's wish. */
export function thingWord(thing: string): string {
  return thing === 'wanted' ? 'wish' : thing
}

/** What breaks the rules, in the words of forms and notices. */
export const reasons = {
  spam: 'It is advertising or spam',
  abuse: 'It insults or threatens somebody',
  private: 'It tells what is private of somebody',
  harmful: 'It is false or dangerous',
  'off-topic': 'It does not belong here',
  other: 'Something else',
} as const

/** Why something is shown again. */
export const restoreReasons = { mistake: 'It was hidden by mistake', corrected: 'What was wrong is put right' } as const

export type Reason = keyof typeof reasons
export type RestoreReason = keyof typeof restoreReasons

export const Reason = z.enum(keysOf(reasons), 'Choose what it is.')
export const RestoreReason = z.enum(keysOf(restoreReasons), 'Choose why.')

export type Act = 'hide' | 'restore' | 'keep' | 'suspend' | 'look-up'

/** A code of either list as a sentence; what is in no list stays as it is. */
export function reasonText(code: string): string {
  return ({ ...reasons, ...restoreReasons, 'in-order': 'Nothing is wrong with it' } as Record<string, string>)[code] ?? code
}

/** "hid an answer", for the list of acts. */
export function actText(act: string, thing: string): string {
  if (act === 'suspend') return 'suspended a member'
  if (act === 'look-up') return 'looked up who asked'
  const article = thing === 'answer' ? 'an' : 'a'
  return `${{ hide: 'hid', restore: 'restored', keep: 'kept' }[act] ?? act} ${article} ${thingWord(thing)}`
}

function keysOf<Key extends string>(list: Record<Key, string>): [Key, ...Key[]] {
  return Object.keys(list) as [Key, ...Key[]]
}
