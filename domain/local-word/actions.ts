'use server'

import { defineWord } from '#domain/local-word/commands.ts'
import { DefineWord, wordLimits } from '#domain/local-word/rules.ts'
import { action } from '#lib/action.ts'

export const defineWordAction = action(DefineWord, defineWord, wordLimits)
