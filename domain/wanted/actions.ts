'use server'

import { askForWanted, attachQuestion, setThreshold, withdrawWanted } from '#domain/wanted/commands.ts'
import { AskForWanted, AttachQuestion, askForLimits, joinLimits, SetThreshold, WithdrawWanted } from '#domain/wanted/rules.ts'
import { action } from '#lib/action.ts'

export const askForWantedAction = action(AskForWanted, askForWanted, askForLimits)
export const attachQuestionAction = action(AttachQuestion, attachQuestion, joinLimits)
export const setThresholdAction = action(SetThreshold, setThreshold, joinLimits)
export const withdrawWantedAction = action(WithdrawWanted, withdrawWanted, joinLimits)
