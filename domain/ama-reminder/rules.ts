import type { Limit } from '#lib/limit.ts'

/** What the button's answer tells. */
export type ReminderState = { reminding: boolean }

/** Milliseconds before its start in which an AMA begins soon. */
export const SOON = 30 * 60_000

export const reminderLimits: Limit[] = [{ name: 'reminder', by: 'person', points: 40, seconds: 60 }]
