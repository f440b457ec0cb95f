import type { Limit } from '#lib/limit.ts'

/** What the button's answer tells. */
export type ReminderState = { reminding: boolean }

/** Milliseconds before its start in which an AMA begins soon. */
export const SOON = 30 * 60_000

/** Milliseconds before its start in which an AMA is tomorrow, and after its end in which its hosts are told that it is not closed. */
export const TOMORROW = { from: 20 * 3_600_000, to: 24 * 3_600_000 }
export const UNCLOSED = { from: 24 * 3_600_000, to: 48 * 3_600_000 }

export const reminderLimits: Limit[] = [{ name: 'reminder', by: 'person', points: 40, seconds: 60 }]
