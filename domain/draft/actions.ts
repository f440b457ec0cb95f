'use server'

import { askQuestion } from '#domain/draft/commands.ts'
import { AskQuestion, askLimits } from '#domain/draft/rules.ts'
import { action } from '#lib/action.ts'

export const askQuestionAction = action(AskQuestion, askQuestion, askLimits)
