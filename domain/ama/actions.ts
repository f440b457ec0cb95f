'use server'

import { acceptAma, cancelAma, declineAma, draftAma, editAma, publishAma } from '#domain/ama/commands.ts'
import { AcceptAma, CancelAma, DeclineAma, DraftAma, EditAma, hostLimits, PublishAma } from '#domain/ama/rules.ts'
import { action } from '#lib/action.ts'

export const draftAmaAction = action(DraftAma, draftAma, hostLimits)
export const editAmaAction = action(EditAma, editAma, hostLimits)
export const publishAmaAction = action(PublishAma, publishAma, hostLimits)
export const cancelAmaAction = action(CancelAma, cancelAma, hostLimits)
export const acceptAmaAction = action(AcceptAma, acceptAma, hostLimits)
export const declineAmaAction = action(DeclineAma, declineAma, hostLimits)
