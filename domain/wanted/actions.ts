'use server'

import {
  askForWanted,
  attachQuestion,
  declineWanted,
  inviteForWanted,
  leaveOutQuestion,
  neverInvite,
  offerSlots,
  pickSlots,
  setThreshold,
  withdrawWanted,
} from '#domain/wanted/commands.ts'
import {
  AskForWanted,
  AttachQuestion,
  askForLimits,
  DeclineWanted,
  InviteForWanted,
  inviteLimits,
  joinLimits,
  LeaveOutQuestion,
  NeverInvite,
  noInvitationsLimits,
  OfferSlots,
  PickSlots,
  SetThreshold,
  WithdrawWanted,
} from '#domain/wanted/rules.ts'
import { action } from '#lib/action.ts'

export const askForWantedAction = action(AskForWanted, askForWanted, askForLimits)
export const attachQuestionAction = action(AttachQuestion, attachQuestion, joinLimits)
export const setThresholdAction = action(SetThreshold, setThreshold, joinLimits)
export const inviteForWantedAction = action(InviteForWanted, inviteForWanted, inviteLimits)
export const declineWantedAction = action(DeclineWanted, declineWanted, joinLimits)
export const leaveOutQuestionAction = action(LeaveOutQuestion, leaveOutQuestion, joinLimits)
export const offerSlotsAction = action(OfferSlots, offerSlots, inviteLimits)
export const pickSlotsAction = action(PickSlots, pickSlots, joinLimits)
export const neverInviteAction = action(NeverInvite, neverInvite, noInvitationsLimits)
export const withdrawWantedAction = action(WithdrawWanted, withdrawWanted, joinLimits)
