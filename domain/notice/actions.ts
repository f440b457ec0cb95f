'use server'

import { chooseNotices, readAll, turnOff } from '#domain/notice/commands.ts'
import { ChooseNotices, offLimits, ReadAll, TurnOff } from '#domain/notice/rules.ts'
import { action } from '#lib/action.ts'

export const readAllAction = action(ReadAll, readAll)
export const chooseNoticesAction = action(ChooseNotices, chooseNotices)
export const turnOffAction = action(TurnOff, turnOff, offLimits)
