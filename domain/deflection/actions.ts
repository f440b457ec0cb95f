'use server'

import { noteAnswered } from '#domain/deflection/commands.ts'
import { AnsweredBy, deflectionLimits } from '#domain/deflection/rules.ts'
import { action } from '#lib/action.ts'

export const noteAnsweredAction = action(AnsweredBy, noteAnswered, deflectionLimits)
