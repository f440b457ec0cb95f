'use server'

import { setChecking } from '#domain/community/commands.ts'
import { SetChecking } from '#domain/community/rules.ts'
import { action } from '#lib/action.ts'

export const setCheckingAction = action(SetChecking, setChecking)
