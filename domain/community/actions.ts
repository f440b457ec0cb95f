'use server'

import { editCommunity, makeCommunity, setChecking } from '#domain/community/commands.ts'
import { EditCommunity, MakeCommunity, SetChecking } from '#domain/community/rules.ts'
import { action } from '#lib/action.ts'

export const makeCommunityAction = action(MakeCommunity, makeCommunity)
export const editCommunityAction = action(EditCommunity, editCommunity)
export const setCheckingAction = action(SetChecking, setChecking)
