'use server'

import { muteFollow } from '#domain/follow/commands.ts'
import { followLimits, MuteFollow } from '#domain/follow/rules.ts'
import { action } from '#lib/action.ts'

export const muteFollowAction = action(MuteFollow, muteFollow, followLimits)
