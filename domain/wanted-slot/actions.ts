'use server'

import {
  declineWanted,
  endWanted,
  inviteForWanted,
  leaveOutQuestion,
  neverInvite,
  offerSlots,
  pickSlots,
} from '#domain/wanted-slot/commands.ts'
import {
  answerLimits,
  DeclineWanted,
  EndWanted,
  InviteForWanted,
  inviteLimits,
  LeaveOutQuestion,
  NeverInvite,
  noInvitationsLimits,
  OfferSlots,
  PickSlots,
} from '#domain/wanted-slot/rules.ts'
import { action } from '#lib/action.ts'

export const inviteForWantedAction = action(InviteForWanted, inviteForWanted, inviteLimits)
export const endWantedAction = action(EndWanted, endWanted, answerLimits)
export const leaveOutQuestionAction = action(LeaveOutQuestion, leaveOutQuestion, answerLimits)
export const declineWantedAction = action(DeclineWanted, declineWanted, answerLimits)
export const offerSlotsAction = action(OfferSlots, offerSlots, inviteLimits)
export const pickSlotsAction = action(PickSlots, pickSlots, answerLimits)
export const neverInviteAction = action(NeverInvite, neverInvite, noInvitationsLimits)
