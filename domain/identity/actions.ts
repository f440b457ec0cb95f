'use server'

import { joinWithIdentity, unlinkIdentity } from '#domain/identity/commands.ts'
import { changeLimits, JoinWithIdentity, joinLimits, UnlinkIdentity } from '#domain/identity/rules.ts'
import { action } from '#lib/action.ts'

export const joinWithIdentityAction = action(JoinWithIdentity, joinWithIdentity, joinLimits)
export const unlinkIdentityAction = action(UnlinkIdentity, unlinkIdentity, changeLimits)
