'use server'

import { editCommunity, makeCommunity } from '#domain/community/commands.ts'
import { EditCommunity, MakeCommunity } from '#domain/community/rules.ts'
import { action } from '#lib/action.ts'

export const makeCommunityAction = action(MakeCommunity, makeCommunity)
export const editCommunityAction = action(EditCommunity, editCommunity)
