import { z } from 'zod'
import { PAGE_SIZE } from '#lib/cursor.ts'
import type { Limit } from '#lib/limit.ts'

/** What can be followed, as addresses call it. */
export const FOLLOWED = ['mentor', 'topic', 'question'] as const
export type Followed = (typeof FOLLOWED)[number]

/** What a button's answer tells. `followers` only where pages show them. */
export type FollowState = { following: boolean; followers?: number }

/** From so many on a page says how many follow. */
const SHOWN_FROM = 5

/** The number of followers as a page shows it; 0 is not printed. */
export function shownFollowers(followers: number): number {
  return followers < SHOWN_FROM ? 0 : followers
}

/** Since then something is new to somebody who follows what it belongs to. */
export function newSince(now: Date): Date {
  return new Date(now.getTime() - 7 * 24 * 60 * 60 * 1_000)
}

/** "3 new this week", "more than 20 new this week"; null where there is nothing. */
export function saidNew(news: number): string | null {
  if (news <= 0) return null
  return news > PAGE_SIZE ? `more than ${PAGE_SIZE} new this week` : `${news} new this week`
}

export const followLimits: Limit[] = [
  { name: 'follow', by: 'person', points: 40, seconds: 60 },
  { name: 'follow-day', by: 'person', points: 500, seconds: 86_400 },
]

export const MuteFollow = z.object({ thing: z.enum(FOLLOWED), id: z.uuid(), mute: z.enum(['on', 'off']) })

/** What is typed into the search of what one follows: at most 100 characters, folded. */
export function searchWords(typed: unknown): string {
  return typeof typed === 'string' ? typed.replace(/\s+/g, ' ').trim().slice(0, 100) : ''
}
