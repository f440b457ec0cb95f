'use server'

import { chooseNotices, turnOff } from '#domain/notice/commands.ts'
import { ChooseNotices, offLimits, TurnOff } from '#domain/notice/rules.ts'
import { action } from '#lib/action.ts'

export const chooseNoticesAction = action(ChooseNotices, chooseNotices)
export const turnOffAction = action(TurnOff, turnOff, offLimits)
