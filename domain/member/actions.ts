'use server'

import {
  changeHandle,
  changeProfile,
  chooseDirect,
  chooseLists,
  removePortrait,
  setPortrait,
  showFollows,
} from '#domain/member/commands.ts'
import {
  ChangeHandle,
  ChangeProfile,
  ChooseDirect,
  ChooseLists,
  handleLimits,
  portraitLimits,
  profileLimits,
  RemovePortrait,
  SetPortrait,
  ShowFollows,
} from '#domain/member/rules.ts'
import { action } from '#lib/action.ts'

export const changeProfileAction = action(ChangeProfile, changeProfile, profileLimits)
export const changeHandleAction = action(ChangeHandle, changeHandle, handleLimits)
export const setPortraitAction = action(SetPortrait, setPortrait, portraitLimits)
export const removePortraitAction = action(RemovePortrait, removePortrait, portraitLimits)
export const showFollowsAction = action(ShowFollows, showFollows, profileLimits)
export const chooseListsAction = action(ChooseLists, chooseLists, profileLimits)
export const chooseDirectAction = action(ChooseDirect, chooseDirect, profileLimits)
