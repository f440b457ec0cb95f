import type { Limit } from '#lib/limit.ts'

/** What the button's answer tells. */
export type ReminderState = { reminding: boolean }

export const reminderLimits: Limit[] = [{ name: 'reminder', by: 'person', points: 40, seconds: 60 }]
