'use server'

import { askBack, decline, defer, handOver, restore, skip } from '#domain/queue/commands.ts'
import { AskBack, Decline, Defer, HandOver, queueLimits, Restore, Skip } from '#domain/queue/rules.ts'
import { action } from '#lib/action.ts'

export const skipAction = action(Skip, skip, queueLimits)
export const deferAction = action(Defer, defer, queueLimits)
export const declineAction = action(Decline, decline, queueLimits)
export const handOverAction = action(HandOver, handOver, queueLimits)
export const askBackAction = action(AskBack, askBack, queueLimits)
export const restoreAction = action(Restore, restore, queueLimits)
