'use server'

import { closeAma } from '#domain/closing/commands.ts'
import { CloseAma, closeLimits } from '#domain/closing/rules.ts'
import { action } from '#lib/action.ts'

export const closeAmaAction = action(CloseAma, closeAma, closeLimits)
