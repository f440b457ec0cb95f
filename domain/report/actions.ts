'use server'

import { hide, keep, lookUp, restore, sendReport, suspend } from '#domain/report/commands.ts'
import { Hide, Keep, LookUp, Restore, reportLimits, SendReport, Suspend } from '#domain/report/rules.ts'
import { action } from '#lib/action.ts'

export const sendReportAction = action(SendReport, sendReport, reportLimits)
export const hideAction = action(Hide, hide)
export const restoreAction = action(Restore, restore)
export const keepAction = action(Keep, keep)
export const lookUpAction = action(LookUp, lookUp)
export const suspendAction = action(Suspend, suspend)
