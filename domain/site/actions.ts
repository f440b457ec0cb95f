'use server'

import { finishSetUp, renameSite, sendTestMail, setUp } from '#domain/site/commands.ts'
import { FinishSetUp, RenameSite, SendTestMail, SetUp, setUpLimits, testMailLimits } from '#domain/site/rules.ts'
import { action } from '#lib/action.ts'

export const setUpAction = action(SetUp, setUp, setUpLimits)
export const finishSetUpAction = action(FinishSetUp, finishSetUp)
export const renameSiteAction = action(RenameSite, renameSite)
export const sendTestMailAction = action(SendTestMail, sendTestMail, testMailLimits)
