'use server'

import { askBack, decline, defer, handOver, placeEarlier, restore, skip } from '#domain/queue/commands.ts'
import { AskBack, Decline, Defer, HandOver, PlaceEarlier, queueLimits, Restore, Skip } from '#domain/queue/rules.ts'
import { action } from '#lib/action.ts'

export const skipAction = action(Skip, skip, queueLimits)
export const deferAction = action(Defer, defer, queueLimits)
export const declineAction = action(Decline, decline, queueLimits)
export const handOverAction = action(HandOver, handOver, queueLimits)
export const askBackAction = action(AskBack, askBack, queueLimits)
export const placeEarlierAction = action(PlaceEarlier, placeEarlier, queueLimits)
export const restoreAction = action(Restore, restore, queueLimits)
